import { serveJobs } from '../../../lib/serve-jobs.ts';
import { inspectSnapshot } from './inspect-snapshot.ts';

/** Entry of the thread that a {@link SnapshotReader} starts. */
serveJobs({ inspectSnapshot }, { maxAnswerBytes: 1024 * 1024 });
