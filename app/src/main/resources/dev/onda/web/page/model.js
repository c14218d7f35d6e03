// The model: an ONNX file with its words, rate and settings inside, run by ONNX Runtime.
import * as ort from './ort.js';

const FORMAT = 'onda-onnx-1';
/** Of ModelProto, a list of pairs of texts. */
const METADATA = 14;


/** Walks over the fields of a protobuf message: (number, bytes) of those that have a length, the others are left out. */
function* fields(bytes) {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (!(byte & 128)) {
        return value;
      }
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const kind = key % 8;
    if (kind === 2) {
      const length = varint();
      yield [Math.floor(key / 8), bytes.subarray(at, at + length)];
      at += length;
    } else if (kind === 0) {
      varint();
    } else {
      at += kind === 1 ? 8 : 4;
    }
  }
}

function metadata(bytes) {
  const texts = new TextDecoder();
  const found = {};
  for (const [number, field] of fields(bytes)) {
    if (number === METADATA) {
      const pair = Object.fromEntries(fields(field));
      found[texts.decode(pair[1])] = texts.decode(pair[2]);
    }
  }
  return found;
}

/** The file's own claim of what it is, by which a changed or newer one is found out. */
async function checkHash(found) {
  const words = JSON.parse(found.words);
  const all = [FORMAT, ...words, found.sample_rate_hz, found.window_samples].join('\n');
  if (crypto.subtle) { // only where the page came over https or from this computer, as the microphone, too
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(all)));
    const hash = [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    if (hash !== found.hash) {
      throw new Error('model.onnx: its words or rate are not those it was exported with; export it again');
    }
  }
  return words;
}

async function load(name) {
  const answer = await fetch(name, { cache: 'no-cache' }); // a page and a model that do not belong together would be worse than waiting
  if (!answer.ok) {
    throw new Error(`${name}: cannot be loaded (${answer.status})`);
  }
  return answer.arrayBuffer();
}

/** Reads a model; refuses one of another version. */
export async function loadModel() {
  const bytes = new Uint8Array(await load('model.onnx'));
  const found = metadata(bytes);
  if (found.format !== FORMAT) {
    throw new Error(`model.onnx: "${FORMAT}" is expected, this is "${found.format ?? 'no model of Onda'}"; export model and page again, together`);
  }
  const words = await checkHash(found);
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = await load('ort.wasm'); // by itself it would ask for a type that not all hosts know
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  const windowSamples = Number(found.window_samples);
  return {
    words,
    rateHz: Number(found.sample_rate_hz),
    windowSamples,
    attribution: found.attribution ?? '',
    stream: JSON.parse(found.stream),
    /** Probabilities of the words, of a window of samples at the model's rate. */
    async judge(window) {
      const { probabilities } = await session.run({ audio: new ort.Tensor('float32', window, [1, 1, windowSamples]) });
      return probabilities.data;
    },
  };
}
