/** What a program inside an argument, such as one for awk, reaches. */
export type ProgramEffect =
  | { readonly kind: 'command' | 'network' | 'native' | 'code' }
  /** What is printed goes to this command. */
  | { readonly kind: 'pipe'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string; readonly open: boolean };
