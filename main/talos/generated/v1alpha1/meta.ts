// Generated, one piece: types of v1alpha1/meta.proto, all in one file as they are declared there.

export interface NamespaceSpec {
  'description'?: (string);
}

export interface NamespaceSpec__Output {
  'description': (string);
}

/**
 * A column: its title and where the value is in the YAML form (JSONPath).
 */
export interface _cosi_resource_meta_ResourceDefinitionSpec_PrintColumn {
  'name'?: (string);
  'json_path'?: (string);
}

/**
 * A column: its title and where the value is in the YAML form (JSONPath).
 */
export interface _cosi_resource_meta_ResourceDefinitionSpec_PrintColumn__Output {
  'name': (string);
  'json_path': (string);
}


/**
 * Sensitive types need os:admin.
 */
export const _cosi_resource_meta_ResourceDefinitionSpec_Sensitivity = {
  NON_SENSITIVE: 'NON_SENSITIVE',
  SENSITIVE: 'SENSITIVE',
} as const;

/**
 * Sensitive types need os:admin.
 */
export type _cosi_resource_meta_ResourceDefinitionSpec_Sensitivity =
  | 'NON_SENSITIVE'
  | 0
  | 'SENSITIVE'
  | 1

/**
 * Sensitive types need os:admin.
 */
export type _cosi_resource_meta_ResourceDefinitionSpec_Sensitivity__Output = typeof _cosi_resource_meta_ResourceDefinitionSpec_Sensitivity[keyof typeof _cosi_resource_meta_ResourceDefinitionSpec_Sensitivity]

/**
 * One type: its names for people, the columns of its table, and whether it holds secrets.
 */
export interface ResourceDefinitionSpec {
  'resource_type'?: (string);
  'display_type'?: (string);
  'default_namespace'?: (string);
  'aliases'?: (string)[];
  /**
   * Every word that a person may use for it.
   */
  'all_aliases'?: (string)[];
  'print_columns'?: (_cosi_resource_meta_ResourceDefinitionSpec_PrintColumn)[];
  'sensitivity'?: (_cosi_resource_meta_ResourceDefinitionSpec_Sensitivity);
}

/**
 * One type: its names for people, the columns of its table, and whether it holds secrets.
 */
export interface ResourceDefinitionSpec__Output {
  'resource_type': (string);
  'display_type': (string);
  'default_namespace': (string);
  'aliases': (string)[];
  /**
   * Every word that a person may use for it.
   */
  'all_aliases': (string)[];
  'print_columns': (_cosi_resource_meta_ResourceDefinitionSpec_PrintColumn__Output)[];
  'sensitivity': (_cosi_resource_meta_ResourceDefinitionSpec_Sensitivity__Output);
}
