/** Tests speak English unless they say otherwise. */
import { speak } from '.';

await speak('en');
