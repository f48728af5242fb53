export { RealtimeConversation, type ConversationEvents, type ConversationOptions } from './conversation.ts';
export { ConversationFailure, type FailureCode } from './failure.ts';
export type { Intervention, Latency, Resource, ServerError, Stage, Status, Translation, Turn } from './events.ts';
