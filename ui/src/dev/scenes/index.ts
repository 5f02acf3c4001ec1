/**
 * Every state worth a picture: `/dev.html?scene=asking&theme=dark&locale=sw&text=large`.
 *
 * A scene stands under its name in one of the files here.
 */
import { Fake } from '../../ipc/fake';
import { day } from '../samples';

export type Scenes = Record<string, (fake: Fake) => void>;

const scenes: Scenes = Object.assign(
  {},
  ...Object.values(import.meta.glob<Scenes>(['./*.ts', '!./index.ts'], { eager: true, import: 'default' })),
);

export function stage(name: string): Fake {
  const fake = new Fake();
  fake.alive = true;
  fake.sales = day();
  scenes[name]?.(fake);
  return fake;
}
