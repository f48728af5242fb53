/** Why a conversation could not start or did not last. `message` is fit to show to people. */
export type FailureCode =
  | 'microphone_denied'
  | 'microphone_missing'
  | 'microphone_busy'
  | 'microphone_unavailable'
  | 'signed_out'
  | 'unreachable'
  | 'connection_lost'
  | 'taken_over'
  | 'audio_unavailable';

const MESSAGES: Record<FailureCode, string> = {
  microphone_denied: 'The microphone is blocked for this page. Allow it in the browser’s address bar, then start again.',
  microphone_missing: 'No microphone was found. Connect one, then start again.',
  microphone_busy: 'The microphone cannot be opened. Another program may be using it.',
  microphone_unavailable: 'Browsers offer the microphone only over https or on localhost.',
  signed_out: 'You are signed out. Sign in again to talk.',
  unreachable: 'The conversation could not be started: the service cannot be reached. Try again in a moment.',
  connection_lost: 'The connection was lost. Everything said up to here is kept; start again to go on.',
  taken_over: 'The conversation goes on in another window.',
  audio_unavailable: 'This browser could not start its audio engine.',
};

export class ConversationFailure extends Error {
  constructor(readonly code: FailureCode, options?: ErrorOptions) {
    super(MESSAGES[code], options);
    this.name = 'ConversationFailure';
  }

  static ofMicrophone(error: unknown): ConversationFailure {
    const name = error instanceof DOMException ? error.name : '';
    const code: FailureCode =
      name === 'NotAllowedError' || name === 'SecurityError' ? 'microphone_denied'
      : name === 'NotFoundError' || name === 'OverconstrainedError' ? 'microphone_missing'
      : 'microphone_busy';
    return new ConversationFailure(code, { cause: error });
  }
}
