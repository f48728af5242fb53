// What the server says, as far as this client reads it. The protocol is OpenAI Realtime; `voiceaspire.*` events come on top.

export type Stage = 'endpointing' | 'transcript_final' | 'first_token' | 'safety' | 'first_audio';

export interface Latency {
  turn_id: string;
  response_id: string;
  stages: Partial<Record<Stage, number>>;
  /** End of speech to the first reply audio, in milliseconds. */
  voice_to_voice: number;
}

export interface Turn {
  turn_id: string;
  item_id?: string;
  sequence: number;
  transcript: string;
  confidence: number | null;
  reply: string;
  latency_ms: Record<string, number>;
}

export interface Resource {
  name: string;
  contact: string;
  url?: string | null;
}

export interface Intervention {
  id: string;
  turn_id?: string | null;
  category: string;
  severity: 'concern' | 'crisis';
  language: string;
  message: string;
  resources: Resource[];
}

export interface Translation {
  item_id: string;
  source_language: string;
  target_language: string;
  text: string;
}

export interface ServerError {
  type: string;
  code?: string | null;
  message: string;
}

export type ServerEvent =
  | { type: 'session.created' | 'session.updated'; session: { id: string; voiceaspire?: { resume_token?: string; resume_limit_ms?: number } } }
  | { type: 'voiceaspire.resumed'; replayed: number; lost_events: number; lost_audio_ms: number; input_audio_ms: number }
  | { type: 'voiceaspire.draining'; deadline_ms: number }
  | { type: 'error'; error: ServerError }
  | { type: 'input_audio_buffer.speech_started' | 'input_audio_buffer.speech_stopped'; item_id: string }
  | { type: 'voiceaspire.transcript.partial'; item_id: string; text: string }
  | { type: 'conversation.item.input_audio_transcription.completed'; item_id: string; transcript: string; confidence?: number | null }
  | { type: 'conversation.item.input_audio_transcription.failed'; item_id: string; error: ServerError }
  | { type: 'response.created' | 'response.done'; response: { id: string; status: string; status_details?: { reason?: string } | null } }
  | { type: 'response.output_audio.delta'; response_id: string; item_id: string; delta: string }
  | { type: 'response.output_audio.done'; response_id: string; item_id: string }
  | { type: 'response.output_audio_transcript.delta' | 'response.output_text.delta'; item_id: string; delta: string }
  | { type: 'response.output_audio_transcript.done'; item_id: string; transcript: string }
  | { type: 'response.output_text.done'; item_id: string; text: string }
  | ({ type: 'voiceaspire.latency' } & Latency)
  | ({ type: 'voiceaspire.turn' } & Turn)
  | ({ type: 'voiceaspire.translation' } & Translation)
  | { type: 'voiceaspire.safety'; intervention: Intervention };

export type Status = 'idle' | 'connecting' | 'listening' | 'hearing' | 'thinking' | 'speaking' | 'reconnecting' | 'ended' | 'failed';
