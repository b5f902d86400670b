export interface Appointment {
  readonly due: number;
  readonly kind: 'run' | 'delivery';
  readonly id: string;
}

/**
 * What is to come on the simulated clock, the earliest first. As with the executor's alarms the row is the truth: one
 * that was moved or taken away since is found out when its time has come.
 */
export class Agenda {
  /** A binary heap. */
  private readonly heap: Appointment[] = [];

  get next(): Appointment | undefined {
    return this.heap[0];
  }

  add(appointment: Appointment): void {
    const { heap } = this;
    let place = heap.push(appointment) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.swapIfEarlier(place, parent)) return;
      place = parent;
    }
  }

  /** Takes the earliest away. */
  take(): Appointment | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let place = 0; ; ) {
      const left = 2 * place + 1;
      const right = left + 1;
      const child = isEarlier(heap[right], heap[left]) ? right : left;
      if (!this.swapIfEarlier(child, place)) return first;
      place = child;
    }
  }

  private swapIfEarlier(place: number, above: number): boolean {
    const [lower, upper] = [this.heap[place], this.heap[above]];
    if (!lower || !upper || !isEarlier(lower, upper)) return false;
    this.heap[place] = upper;
    this.heap[above] = lower;
    return true;
  }
}

function isEarlier(a: Appointment | undefined, b: Appointment | undefined): boolean {
  if (!a || !b) return false;
  return a.due < b.due || (a.due === b.due && a.id < b.id);
}
