import ts from 'typescript';

/** One declaration that a file gives away. */
export interface Exported {
  readonly file: string;
  readonly name: string;
  /** A doc comment stands above it. */
  readonly isDocumented: boolean;
}

/**
 * What each file declares and exports, in order, a name once per file: the overloads of a function, or a type and a constant of
 * one name, are one, documented where any of them is. Names that are only passed on from another file are left out.
 */
export function exportedBy(sources: ReadonlyMap<string, string>): readonly Exported[] {
  return [...sources].flatMap(([file, text]) => {
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const later = namesExportedLater(source);
    const found = new Map<string, boolean>();
    for (const statement of source.statements) {
      const isDocumented = ts.getJSDocCommentsAndTags(statement).length > 0;
      for (const name of namesOf(statement)) {
        if (isExported(statement) || later.has(name)) found.set(name, isDocumented || found.get(name) === true);
      }
    }
    return [...found].map(([name, isDocumented]) => ({ file, name, isDocumented }));
  });
}

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

/** Names of `export { a, b }` without `from`. */
function namesExportedLater(source: ts.SourceFile): ReadonlySet<string> {
  const lists = source.statements
    .filter((statement) => ts.isExportDeclaration(statement))
    .filter(({ moduleSpecifier }) => moduleSpecifier === undefined)
    .map(({ exportClause }) => exportClause);
  const named = lists.filter((clause) => clause !== undefined).filter((clause) => ts.isNamedExports(clause));
  return new Set(
    named.flatMap(({ elements }) => elements.map(({ name, propertyName }) => (propertyName ?? name).text)),
  );
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isNamed ? [statement.name?.text ?? 'default'] : [];
}

const namesIn = (name: ts.BindingName): readonly string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesIn(element.name)));
