/** The lesson of practice: where it stands. It follows the book; nothing on the screen has to be pressed for it. */
import type { SaleView } from '../ipc';
import { LESSONS, progressOf, type LessonName } from '../logic/lesson';

export class Lesson {
  /** 0 to 4; 5 when all are learned; none when nobody takes the lesson. */
  step = $state<number | null>(null);
  fooled = $state(false);
  /** The sale whose payment is not known. */
  watched = $state<string | null>(null);
  /** Sales that teach nothing any more. */
  private before: string[] = [];

  get name(): LessonName | null {
    return this.step === null ? null : (LESSONS[this.step] ?? null);
  }

  get finished(): boolean {
    return this.step === LESSONS.length;
  }

  /** From the first sale, also in the middle of it. What is on the roll already teaches nothing. */
  begin(sales: readonly SaleView[]): void {
    this.step = 0;
    this.fooled = false;
    this.watched = null;
    this.before = sales.map((sale) => sale.id);
  }

  leave(): void {
    this.step = null;
  }

  /** The book says something of a sale. */
  heard(sale: SaleView): void {
    const { name } = this;
    if (name === null || this.before.includes(sale.id)) return;
    if (this.watched !== null) {
      if (sale.id === this.watched && sale.status !== 'not_known') this.next(sale);
      return;
    }
    const progress = progressOf(name, sale);
    if (progress === 'fooled') {
      this.fooled = true;
      this.before.push(sale.id);
    } else if (progress === 'under_way') {
      this.watched = sale.id;
    } else if (progress === 'learned') {
      this.next(sale);
    }
  }

  private next(sale: SaleView): void {
    this.before.push(sale.id);
    this.fooled = false;
    this.watched = null;
    this.step = (this.step ?? 0) + 1;
  }
}
