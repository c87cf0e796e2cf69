import { serveJobs } from '../../lib/serve-jobs.ts';
import { READ } from './read-text.ts';

/** Entry of the thread that {@link ClusterTexts} starts: reads one text after the other. */
const MAX_ANSWER_BYTES = 1024 * 1024;

serveJobs(READ, { maxAnswerBytes: MAX_ANSWER_BYTES });
