// Text put into HTML.

/** With every character that means something to HTML written as a reference. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
