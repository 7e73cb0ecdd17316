import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where a test file of Node may write: there and empty when it begins, removed when it has ended. */
export const testFolder = path.join(tmpdir(), `etascope-test-${process.pid}`);
