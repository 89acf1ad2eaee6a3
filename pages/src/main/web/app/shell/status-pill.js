// The state of the streams. Placeholder of the shell: nothing. The owner of the streams replaces the whole file.

import { nothing } from 'lit';
import { PageElement } from '../../kit/element.js';

class StatusPill extends PageElement {
  render() {
    return nothing;
  }
}

customElements.define('lectern-status-pill', StatusPill);
