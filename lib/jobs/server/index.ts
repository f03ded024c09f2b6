export { enqueue } from './enqueue.ts';
export {
  buryDeadWorkers,
  heartbeat,
  isAnyWorkerAlive,
  registerWorker,
  signOffWorker,
  workerIdOf,
} from './workers.ts';
