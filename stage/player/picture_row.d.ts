// What pictures that stand beside each other are told.

/** One grey picture: `pixels` are whole numbers from 0 to 255, row by row, as base64. */
export interface ShownPicture {
  name: string;
  title: string;
  /** What is said in bold behind the title. */
  number: string;
  caption: string;
  height: number;
  width: number;
  pixels: string;
  /** The pixel that is marked: its row, its column, and how many of each it spans. */
  mark: [number, number, number];
  /** What the picture is called by a screen reader. */
  alt: string;
}

export interface PictureRowMessage {
  pictures: ShownPicture[];
  /** The pictures are drawn at the largest whole zoom at which they are no wider, in pixels of the screen. */
  widest: number;
}
