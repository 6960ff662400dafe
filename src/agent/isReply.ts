import { isAIMessage, type AIMessage, type BaseMessage } from '@langchain/core/messages';

/** Whether this is a message of the model, whichever copy of LangChain made it. */
export function isReply(message: BaseMessage | undefined): message is AIMessage {
  return message !== undefined && isAIMessage(message);
}
