import { serveJobs } from '../lib/serve-jobs.ts';
import { CROSSING } from './crossing.ts';
import { TEXT_WORK } from './text-work.ts';

/** Entry of the threads that {@link TextWorkers} starts. */
serveJobs(TEXT_WORK, { maxAnswerBytes: 128 * 1024 * 1024, crossing: CROSSING });
