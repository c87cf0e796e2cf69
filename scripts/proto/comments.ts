import protobuf from 'protobufjs';

/** What a person wrote into a .proto file: the comments, and the order of its declarations. */
export interface HandWritten {
  /** Comment lines above `syntax`, without the leading `// `. */
  readonly header: readonly string[];
  /** Comment of a declaration, by its name inside the package: `Service.Method`, `Message.field`, `Enum.VALUE`. */
  readonly comments: ReadonlyMap<string, string>;
  /** Names in the order of the file: services, methods, messages and enums. */
  readonly order: readonly string[];
}

export const NOTHING_WRITTEN: HandWritten = { header: [], comments: new Map(), order: [] };

/** Reads comments and order out of an existing file so that writing it again keeps them. */
export function readHandWritten(text: string): HandWritten {
  const root = new protobuf.Root();
  const parsed = protobuf.parse(text, root, {
    keepCase: true,
    alternateCommentMode: true,
    preferTrailingComment: false,
  });
  const scope = parsed.package === undefined ? root : root.lookup(parsed.package);
  if (!(scope instanceof protobuf.Namespace)) throw new Error('the file has no package');

  const comments = new Map<string, string>();
  const order: string[] = [];
  collect(scope, '', comments, order);
  return { header: headerOf(text), comments, order };
}

function collect(scope: protobuf.Namespace, prefix: string, comments: Map<string, string>, order: string[]): void {
  for (const item of scope.nestedArray) {
    const name = prefix + item.name;
    order.push(name);
    note(comments, name, item.comment);
    if (item instanceof protobuf.Service) {
      for (const method of item.methodsArray) {
        order.push(`${name}.${method.name}`);
        note(comments, `${name}.${method.name}`, method.comment);
      }
    } else if (item instanceof protobuf.Enum) {
      for (const [value, comment] of Object.entries(item.comments)) note(comments, `${name}.${value}`, comment);
    } else if (item instanceof protobuf.Type) {
      for (const field of item.fieldsArray) note(comments, `${name}.${field.name}`, field.comment);
      for (const oneof of item.oneofsArray) note(comments, `${name}.${oneof.name}`, oneof.comment);
      collect(item, `${name}.`, comments, order);
    }
  }
}

function note(comments: Map<string, string>, name: string, comment: string | null | undefined): void {
  if (comment !== null && comment !== undefined && comment.trim() !== '') comments.set(name, comment.trim());
}

function headerOf(text: string): readonly string[] {
  const lines = text.slice(0, text.indexOf('syntax =')).split('\n');
  return lines.filter((line) => line.startsWith('//')).map((line) => line.replace(/^\/\/ ?/, ''));
}
