/** Asked for by the language and its libraries of any object; absent is the right answer. */
const mayBeAbsent = new Set(['then', 'toJSON', 'asymmetricMatch', '$$typeof']);

/** Throws by name for whatever the stand-in lacks, so that no test passes on an `undefined`. */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, property, receiver) {
      if (typeof property === 'string' && !(property in object) && !mayBeAbsent.has(property)) {
        throw new Error(`The stand-in electron has no ${name}.${property}`);
      }
      return Reflect.get(object, property, receiver);
    },
  });
}

/** A class whose instances and statics are strict too. */
export function strictClass<T extends abstract new (...args: never[]) => object>(
  name: string,
  target: T,
  made: (instance: InstanceType<T>) => void,
): T {
  return new Proxy(strict(name, target), {
    construct(_strict, args, newTarget) {
      // `Reflect.construct` knows no types: it made an instance of the class it was given.
      const instance = Reflect.construct(target, args, newTarget) as InstanceType<T>;
      const strictInstance = strict(name, instance);
      made(strictInstance);
      return strictInstance;
    },
  });
}
