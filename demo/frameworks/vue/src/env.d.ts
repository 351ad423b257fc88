import 'vue';

declare module 'vue' {
  interface HTMLAttributes {
    /** Where a child of `<tillit-chat>` goes. Vue's types leave it out, since its own slots are others. */
    slot?: string;
  }
}
