// Writes the dashboards. A test compares them with those that are checked in.
import { mkdirSync, writeFileSync } from 'node:fs';
import { log } from './log.js';
import { processes } from './processes.js';
import { readers } from './readers.js';
import { streams } from './streams.js';

mkdirSync('dashboards', { recursive: true });
for (const dashboard of [readers, streams, log, processes]) {
  writeFileSync(`dashboards/${dashboard.uid}.json`, `${JSON.stringify(dashboard, null, 2)}\n`);
}
