/** Made by scripts/message-keys.mjs from the files in locales/. */

/** Languages that do not call the launcher "Chat", and what they call it, in one text: every page view carries it. */
export const launcherTexts =
  'ar~محادثة|el~Συνομιλία|en~Open the help chat~The chat could not be loaded. Press to try again.|fa~گفت‌وگو|he~צ׳אט|is~Spjall|ja~チャット|lt~Pokalbis|lv~Tērzēšana|so~Sheeko|sv~Öppna hjälpchatten~Chatten kunde inte laddas. Tryck för att försöka igen.|tr~Sohbet|uk~Чат';
