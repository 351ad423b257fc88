/** Under which keys anything is kept on the device: all of them, and the only place where they are named. */

/** What a chat keeps begins with this. @param key tells the chats of one site apart */
export const storageName = (key: string) => `tillit-chat:${key}`;

/** The acceptance, and the conversation where the person lets it be kept. @param name of `storageName` */
export const conversationKey = (name: string) => name;

/** What is typed and not sent. @param name of `storageName` */
export const draftKey = (name: string) => `${name}:draft`;
