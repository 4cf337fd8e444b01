// A few pieces of work at the same time, so that the waiting of one is the working of another.

const AT_ONCE = 4;

export async function inParallel(items, work) {
  const waiting = [...items];
  const next = async () => {
    while (waiting.length > 0) await work(waiting.shift());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}
