// The microphone, and samples as the server reads them.
import { get } from './server.js';

/** Samples that are handed on at once. */
const AT_ONCE = 1024;

/** Opens the microphone and hands on its samples, (time), full scale [-1, 1]. */
export async function openMicrophone(hear) {
  if (!navigator.mediaDevices) {
    throw new Error('a browser gives its microphone to pages of this computer only: open the studio as http://localhost, or over https');
  }
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
  } catch (e) {
    throw new Error(e.name === 'NotFoundError' ? 'no microphone was found' : 'the microphone was not allowed: allow it in the address bar');
  }
  const context = new AudioContext();
  const close = async () => {
    stream.getTracks().forEach((track) => track.stop());
    await context.close();
  };
  try {
    await context.audioWorklet.addModule('/capture.js');
    await context.resume();
  } catch (e) {
    await close();
    await get('/healthz'); // if the studio is gone, that is the reason, and is said
    throw e;
  }
  const source = context.createMediaStreamSource(stream);
  const capture = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0, processorOptions: { atOnce: AT_ONCE } });
  capture.port.onmessage = (event) => hear(event.data);
  source.connect(capture);
  return { rate: context.sampleRate, peaksPerSecond: context.sampleRate / AT_ONCE, close };
}

/** Samples of 16 bits, the lower byte first. */
export function toPcm16(samples) {
  const bytes = new DataView(new ArrayBuffer(2 * samples.length));
  samples.forEach((sample, i) => bytes.setInt16(2 * i, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true));
  return bytes.buffer;
}

/** A WAV file of chunks of samples. */
export function toWav(chunks, rate) {
  const count = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const header = new DataView(new ArrayBuffer(44));
  const text = (at, letters) => [...letters].forEach((letter, i) => header.setUint8(at + i, letter.charCodeAt(0)));
  text(0, 'RIFF');
  header.setUint32(4, 36 + 2 * count, true);
  text(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, rate, true);
  header.setUint32(28, 2 * rate, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  text(36, 'data');
  header.setUint32(40, 2 * count, true);
  return new Blob([header.buffer, ...chunks.map(toPcm16)], { type: 'audio/wav' });
}

export const loudest = (samples) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
