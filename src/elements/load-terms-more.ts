/**
 * What few need of the terms: their full text, what has changed in them, printing, and the choices beside the chat. Without
 * it nothing is chosen, and the terms can be read and accepted.
 */
export async function loadTermsMore() {
  const more = await import('./terms-more.js');
  more.define();
  return more;
}
