/** What each word of the glossary means, by the word in small letters. Python writes it in front of terms.js. */
export const meanings: Record<string, string>;
