// The device that this browser is, in reports.

import { newUuid } from '../../kit/uuid.js';
import { t } from '../../kit/words.js';

const KEPT_DEVICE = 'lectern.device';

/** The same device in all reports of this browser. */
export function thisDevice() {
  let id = localStorage.getItem(KEPT_DEVICE);
  if (!id) {
    id = `web-${newUuid().slice(0, 8)}`;
    localStorage.setItem(KEPT_DEVICE, id);
  }
  return { id, name: t('reading.thisDevice') };
}
