import { serveOrders } from '../../../../main/lib/worker-threads.ts';

/** A thread that serves orders. */
serveOrders(({ n }: { readonly n: number }) => ({ n: n * 2 }));
