export { queries } from './queries';
export { mutations } from './mutations';
export { events } from './events';
export { toProblem } from './problem';
export type * from './types';
