// A question to which the reader has to answer first.

/**
 * Asks a question in a dialog. `choices` are `{value, label, main?}`, the safe one first: it has the focus. Returns
 * a promise of the value that was chosen, or null if the reader closed the dialog.
 */
export function askQuestion({ title, text, choices }) {
  const dialog = document.createElement('dialog');
  dialog.className = 'question';
  const heading = document.createElement('h2');
  heading.id = 'question-title';
  heading.textContent = title;
  dialog.setAttribute('aria-labelledby', heading.id);
  const paragraph = document.createElement('p');
  paragraph.textContent = text;
  const actions = document.createElement('div');
  actions.className = 'actions';
  actions.append(...choices.map((choice) => choiceButton(choice, dialog)));
  dialog.append(heading, paragraph, actions);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue || null);
    });
  });
}

function choiceButton({ value, label, main }, dialog) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = label;
  button.classList.toggle('button-main', Boolean(main));
  button.addEventListener('click', () => dialog.close(value));
  return button;
}
