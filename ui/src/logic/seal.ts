/** The seal of a close as it is read, typed and printed: capitals in groups of four. */
const GROUP = 4;

export function sealGroups(head: string): string[] {
  return head.toUpperCase().match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? [];
}
