// All steps as a film: which of them are shown, their frames for a GIF, and a video that the browser records.

import { LAST_STAYS, LONGEST_FRAME, MOST_FRAMES, SHORTEST_FRAME } from "./generated_constants.js";
import { writeCount } from "./numbers.js";
import { painted, pngFile } from "./snapshot.js";

/** @import { Shape } from "./shapes.js" */
/** @import { Snapshot } from "./snapshot.js" */
/** @import { Granularity } from "./types" */

const MOST_PIXELS = 100e6; // of all frames of a GIF together: the server takes no more than a fifth above it
const MOST_PIXELS_OF_ONE = 8e6; // the server takes an eighth more
const MOST_CHARACTERS = 24e6; // of all frames of a GIF as they are sent: the server takes a sixth more
const VIDEO_TYPES = ["video/mp4;codecs=avc1.42E01E", "video/webm;codecs=vp9", "video/webm"];

/**
 * The steps that a film shows: all, or every second, third, ... one and the last.
 *
 * @param {number} count of all steps
 */
export function shownSteps(count) {
  const every = count > MOST_FRAMES ? Math.ceil(count / (MOST_FRAMES - 1)) : 1;
  const steps = Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every);
  return steps[steps.length - 1] === count - 1 ? steps : [...steps, count - 1];
}

/**
 * What a film of so many steps that shows these leaves out, in a sentence, or nothing.
 *
 * @param {number} count
 * @param {number[]} steps
 */
export function leftOut(count, steps) {
  if (steps.length === count) return "";
  const [all, shown, every] = [count, steps.length, steps[1] - steps[0]].map(writeCount);
  return `${all} steps are more than a film holds: it shows ${shown}, one step in ${every}.`;
}

/**
 * For how many ms each frame is shown at a speed, in steps a second.
 *
 * @param {number} speed
 */
export function frameTime(speed) {
  return Math.max(SHORTEST_FRAME, Math.min(LONGEST_FRAME, 1000 / speed));
}

/**
 * Draw the steps of a film one after the other. `onFrame(shapes, index)` is waited for; `progress(share)` says whether to
 * go on. Returns whether all were drawn.
 *
 * @param {Snapshot} snapshot
 * @param {Granularity} granularity
 * @param {number[]} steps
 * @param {(shapes: Shape, index: number) => Promise<void>} onFrame
 * @param {(share: number) => boolean} progress
 */
async function eachFrame(snapshot, granularity, steps, onFrame, progress) {
  const lines = snapshot.mostLines(granularity, steps);
  for (const [index, step] of steps.entries()) {
    if (!progress(index / steps.length)) return false;
    await onFrame(snapshot.at(granularity, step, { lines }), index);
    await new Promise((done) => setTimeout(done)); // the page goes on meanwhile
  }
  return progress(1);
}

/**
 * The frames of a GIF as base64 of PNG files, or null where it was cancelled.
 *
 * @param {Snapshot} snapshot
 * @param {Granularity} granularity
 * @param {number[]} steps
 * @param {(share: number) => boolean} progress
 */
export async function gifFrames(snapshot, granularity, steps, progress) {
  /** @type {string[]} */
  const frames = [];
  const canvas = document.createElement("canvas");
  /** @param {Shape} shapes @param {number} scale */
  const draw = async (shapes, scale) => base64(await pngFile(painted(shapes, scale, canvas)));
  const last = snapshot.at(granularity, steps[steps.length - 1], { lines: snapshot.mostLines(granularity, steps) });
  const pixels = Number(last.attributes.width) * Number(last.attributes.height);
  let scale = Math.sqrt(Math.min(1, MOST_PIXELS_OF_ONE / pixels, MOST_PIXELS / (pixels * steps.length)));
  // The last frame shows every number, and is about the largest file of all.
  const characters = (await draw(last, scale)).length * steps.length;
  scale *= Math.min(1, Math.sqrt(MOST_CHARACTERS / characters));
  const done = await eachFrame(snapshot, granularity, steps, async (shapes) => {
    frames.push(await draw(shapes, scale));
  }, progress);
  return done ? frames : null;
}

/**
 * @param {Blob} blob
 * @returns {Promise<string>}
 */
function base64(blob) {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).split(",")[1]);
    reader.readAsDataURL(blob);
  });
}

/** The kind of video that this browser can record, or undefined where it can record none. */
export function videoType() {
  const canRecord = "MediaRecorder" in window && "captureStream" in HTMLCanvasElement.prototype;
  return canRecord ? VIDEO_TYPES.find((type) => MediaRecorder.isTypeSupported(type)) : undefined;
}

/**
 * A video of the steps, recorded while they are shown as fast as they play, or null where it was cancelled or where the
 * browser can record none.
 *
 * @param {Snapshot} snapshot
 * @param {Granularity} granularity
 * @param {number[]} steps
 * @param {number} speed in steps a second
 * @param {(share: number) => boolean} progress
 */
export async function video(snapshot, granularity, steps, speed, progress) {
  const canvas = document.createElement("canvas");
  const scale = 2; // sharp on a projector
  /** @param {string} length */
  const even = (length) => String(2 * Math.ceil(Number(length) / 2)); // what codecs ask for
  /** @type {Blob[]} */
  const parts = [];
  const type = videoType();
  if (!type) return null;
  /** @type {MediaRecorder[]} */
  const recorders = []; // one, once there is a picture to record
  const done = await eachFrame(snapshot, granularity, steps, async (shapes, index) => {
    const { width, height } = shapes.attributes;
    const sized = { ...shapes, attributes: { ...shapes.attributes, width: even(width), height: even(height) } };
    painted(sized, scale, canvas);
    if (!recorders.length) recorders.push(startRecording(canvas, type, parts));
    const stays = index === steps.length - 1 ? LAST_STAYS : frameTime(speed);
    await shownFor(canvas, stays);
  }, progress);
  const [recorder] = recorders;
  if (!recorder) return null;
  const stopped = new Promise((then) => (recorder.onstop = then));
  recorder.stop();
  await stopped;
  return done ? new Blob(parts, { type: type.split(";")[0] }) : null;
}

/**
 * Record what is on a canvas from now on; what comes of it is added to `parts`.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {string} type
 * @param {Blob[]} parts
 */
function startRecording(canvas, type, parts) {
  const recorder = new MediaRecorder(canvas.captureStream(60), { mimeType: type, videoBitsPerSecond: 4e6 });
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.start();
  return recorder;
}

/**
 * Wait while a picture is shown; touching it now and then keeps the recording from sleeping.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {number} time in ms
 */
async function shownFor(canvas, time) {
  const until = performance.now() + time;
  const context = canvas.getContext("2d");
  while (performance.now() < until) {
    context?.drawImage(canvas, 0, 0, 1, 1, 0, 0, 1, 1);
    await new Promise((done) => setTimeout(done, Math.min(100, until - performance.now())));
  }
}
