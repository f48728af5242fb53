/** Session detail: the times beside the turns move the player. Without scripts the page is complete, only without this. */
export function startSessionPage(): void {
  const player = document.querySelector<HTMLAudioElement>('#recording');
  if (!player) return;

  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-seek]')) {
    button.disabled = false;
    button.addEventListener('click', () => {
      player.currentTime = Number(button.dataset['seek']);
      void player.play();
    });
  }

  player.addEventListener('error', () => {
    document.querySelector('#recording-error')?.removeAttribute('hidden');
  });
}
