// What is asked before a reader signs out whose changes are not sent.

import { discard, outbox, outboxStored, waitingCount } from '../../kit/outbox.js';
import { askQuestion } from '../../kit/question.js';
import { askBeforeSignOut } from '../../kit/session.js';
import { t } from '../../kit/words.js';

askBeforeSignOut(async () => {
  await outboxStored();
  const count = waitingCount();
  if (count === 0) {
    return true;
  }
  const choice = await askQuestion({
    title: t('outbox.signOutTitle'),
    text: t('outbox.signOutText', { count }),
    choices: [
      { value: 'stay', label: t('outbox.stay'), main: true },
      { value: 'keep', label: t('outbox.signOutAndKeep') },
      { value: 'delete', label: t('outbox.signOutAndDelete') },
    ],
  });
  if (choice === 'delete') {
    await Promise.all(outbox.value.map(({ key }) => discard(key)));
  }
  return choice === 'keep' || choice === 'delete';
});
