// Sends what waits in the outbox, in order, until all of it is answered.

import { ProblemError, read } from './api.js';
import { sendCommandList } from './command-list.js';
import { singleRequestOf } from './commands.js';
import { doubtStreams } from './live.js';
import { outboxOf, updateInOutbox } from './outbox-database.js';
import { session } from './session.js';

/** As many commands are sent in one list. */
const MAX_LISTED = 500;

/** Of a list of so many the answers are fetched one by one, for the page that waits for them. */
const MAX_REPEATED = 20;

/** In milliseconds. */
const FIRST_SEND_RETRY = 1_000;
const MAX_SEND_RETRY = 30_000;

/** When an answer takes longer, the page makes sure that its streams are live. In milliseconds. */
const DOUBTED_AFTER = 2_000;

/** After so many answers with status 500 a command is refused, so that it does not hold up all others. */
const MAX_FAILURES = 5;

/**
 * The host has the functions `done(items)`, which takes `{record, answer}` of several commands, `refused(record,
 * status, problem)`, `sending(keys)`, which is told what is being sent, and `isAwaited(key)`, which says whether the
 * page waits for the answer to a command.
 */
export class OutboxSender {
  #host;
  #isSending = false;
  #isAskedAgain = false;
  #pause = null;

  constructor(host) {
    this.#host = host;
  }

  /** Sends what waits. `urgent` shortens a pause that the server did not ask for, `atOnce` any pause. */
  async send({ urgent = true, atOnce = false } = {}) {
    if (this.#pause && (atOnce || (urgent && !this.#pause.isAsked))) {
      this.#pause.end();
    }
    if (this.#isSending) {
      this.#isAskedAgain = true;
      return;
    }
    this.#isSending = true;
    try {
      do {
        this.#isAskedAgain = false;
        await this.#sendInTurn(session.value?.reader);
      } while (this.#isAskedAgain);
    } finally {
      this.#isSending = false;
    }
  }

  /** One tab sends at a time. Without locks two may: the keys make that harmless. */
  async #sendInTurn(reader) {
    if (reader && navigator.locks) {
      await navigator.locks.request(`lectern-outbox-${reader}`, () => this.#sendAll(reader));
    } else if (reader) {
      await this.#sendAll(reader);
    }
  }

  async #sendAll(reader) {
    let failures = 0;
    while (session.value?.reader === reader) {
      const waiting = (await outboxOf(reader)).filter(({ state }) => state === 'waiting');
      if (waiting.length === 0) {
        break;
      }
      const doubt = setTimeout(doubtStreams, DOUBTED_AFTER);
      try {
        await (waiting.length === 1 ? this.#sendOne(waiting[0]) : this.#sendList(reader, waiting.slice(0, MAX_LISTED)));
        failures = 0;
      } catch (failure) {
        this.#host.sending([]);
        if (!(failure instanceof ProblemError)) {
          throw failure;
        }
        if (isOfSession(failure)) {
          break;
        }
        failures += 1;
        doubtStreams();
        await this.#pauseAfter(failure, failures);
      } finally {
        clearTimeout(doubt);
      }
    }
    this.#host.sending([]);
  }

  async #pauseAfter({ retryAfter }, failures) {
    const backOff = Math.min(MAX_SEND_RETRY, FIRST_SEND_RETRY * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, retryAfter ? retryAfter * 1000 : backOff);
      this.#pause = {
        isAsked: Boolean(retryAfter),
        end: () => {
          clearTimeout(timer);
          resolve();
        },
      };
    });
    this.#pause = null;
  }

  /** Sends a command by its own address, whose answer tells most. */
  async #sendOne(record) {
    const single = singleRequestOf(record);
    if (!single) {
      await this.#sendList(record.reader, [record]);
      return;
    }
    this.#host.sending([record.key]);
    try {
      await this.#host.done([{ record, answer: await single() }]);
    } catch (failure) {
      if (!(failure instanceof ProblemError) || isWorthRetrying(failure, record)) {
        throw failure;
      }
      await this.#host.refused(record, failure.status, failure.problem);
    }
  }

  /** Sends many commands in their order. What is answered is done; the rest is sent again. */
  async #sendList(reader, records) {
    this.#host.sending(records.map(({ key }) => key));
    const refusals = new Map();
    const readings = new Map();
    let through = 0;
    for await (const answer of sendCommandList(reader, records)) {
      if (answer.through !== undefined) {
        const mayRepeat = records.length <= MAX_REPEATED;
        const context = { refusals, readings, mayRepeat, cursor: answer.cursor };
        await this.#listed(records.slice(through, answer.through), context);
        through = answer.through;
      } else if (answer.line) {
        refusals.set(records[answer.line - 1].key, answer.problem);
      } else {
        throw new ProblemError(answer.problem.status ?? 503, answer.problem);
      }
    }
    if (through < records.length) {
      throw new ProblemError(0);
    }
  }

  async #listed(records, context) {
    const items = [];
    for (const record of records) {
      const problem = context.refusals.get(record.key);
      if (problem && !isRemovedAlready(record, problem)) {
        await this.#host.refused(record, problem.status, problem);
      } else {
        items.push({ record, answer: await this.#answerAfterList(record, context) });
      }
    }
    await this.#host.done(items);
  }

  /** A list does not tell the states that it led to, so they are read, or a command is repeated: its key is known. */
  async #answerAfterList(record, { cursor, readings, mayRepeat }) {
    const single = mayRepeat && this.#host.isAwaited(record.key) && singleRequestOf(record);
    try {
      if (single) {
        return await single();
      }
      if (record.reading && record.type !== 'remove' && !readings.has(record.reading)) {
        const { body } = await read(`/readers/${record.reader}/readings/${record.reading}`, { seen: cursor });
        readings.set(record.reading, body);
      }
      return { reading: readings.get(record.reading), cursor };
    } catch {
      // The command is done. The stream tells the rest.
      return { cursor };
    }
  }
}

function isWorthRetrying(failure, record) {
  if (failure.status >= 500 && !failure.isTemporary) {
    record.failures = (record.failures ?? 0) + 1;
    updateInOutbox(record);
    return record.failures < MAX_FAILURES;
  }
  return failure.isTemporary || isOfSession(failure);
}

/** The session is over, or another reader has signed in: no fault of the command, which waits for its reader. */
const isOfSession = ({ status }) => status === 401 || status === 403;

/** A removal by its own address may have been done before its answer was lost. */
const isRemovedAlready = ({ type }, { status }) => type === 'remove' && status === 404;
