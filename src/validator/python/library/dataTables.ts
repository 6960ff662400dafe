import type { ModuleTable } from './moduleTable.ts';

/** numpy, pandas and their neighbours. */
export const dataTables: readonly ModuleTable[] = [
  {
    module: 'numpy',
    calls: {
      'native.load': 'ctypeslib.load_library f2py.* distutils.* core._internal.*',
      'code.eval': 'testing.rundocs testing.measure testing.runstring',
    },
    paths:
      'load save savez savez_compressed savetxt loadtxt genfromtxt fromfile memmap fromregex lib.npyio.* DataSource',
  },
  { module: 'numpy.ndarray', paths: 'tofile dump' },
  {
    module: 'pandas',
    calls: {
      'pickle.load': 'read_pickle io.pickle.read_pickle',
      'network.connect': 'read_gbq io.common.urlopen',
      'process.spawn': 'io.clipboard.* read_clipboard',
    },
    paths: `read_csv read_table read_excel read_json read_parquet read_feather read_fwf read_hdf read_html read_orc read_sas
      read_spss read_stata read_xml ExcelFile ExcelWriter HDFStore io.common.get_handle`,
  },
  { module: 'polars', paths: 'read_* scan_*' },
  { module: 'dask.dataframe', paths: 'read_*' },
  {
    module: 'pyarrow',
    paths:
      'csv.read_csv parquet.read_table parquet.write_table@1 memory_map OSFile json.read_json feather.read_feather',
    calls: { 'pickle.load': 'deserialize' },
  },
  { module: 'duckdb', paths: 'connect' },
  {
    module: 'scipy',
    paths: 'io.loadmat io.savemat io.wavfile.read io.wavfile.write',
    calls: { 'native.load': 'LowLevelCallable weave.*', 'network.connect': 'datasets.*' },
  },
  { module: 'matplotlib.pyplot', paths: 'savefig imread imsave style.use' },
  { module: 'matplotlib.image', paths: 'imread imsave' },
  { module: 'matplotlib', paths: 'rc_file style.use rc_file_defaults@9 rc_params_from_file' },
  { module: 'seaborn', calls: { 'network.connect': 'load_dataset get_dataset_names' } },
  { module: 'plotly', paths: 'io.write_html@1 io.write_image@1 offline.plot@9' },
  { module: 'PIL.Image', paths: 'open' },
  {
    module: 'PIL',
    calls: {
      'process.spawn': 'ImageShow.* ImageGrab.*',
      'code.eval': 'ImageMath.eval ImageMath.unsafe_eval',
    },
  },
  { module: 'cv2', paths: 'imread imwrite VideoCapture VideoWriter FileStorage' },
  { module: 'imageio', paths: 'imread imwrite mimsave v2.imread v2.imwrite v3.imread v3.imwrite' },
  { module: 'skimage.io', paths: 'imread imsave' },
  { module: 'openpyxl', paths: 'load_workbook' },
  { module: 'xlsxwriter', paths: 'Workbook' },
  { module: 'docx', paths: 'Document' },
  { module: 'h5py', paths: 'File' },
  { module: 'netCDF4', paths: 'Dataset' },
  { module: 'xarray', paths: 'open_dataset open_mfdataset' },
  { module: 'networkx', paths: 'read_* write_*@1', calls: { 'pickle.load': 'read_gpickle' } },
  { module: 'geopandas', paths: 'read_file read_parquet' },
  {
    module: 'sklearn',
    calls: { 'network.connect': 'datasets.fetch_*' },
    paths: 'datasets.load_files datasets.load_svmlight_file',
  },
  {
    module: 'statsmodels',
    calls: {
      'network.connect': 'datasets.get_rdataset datasets.webuse api.datasets.get_rdataset',
      'pickle.load': 'iolib.smpickle.* api.load load_pickle',
    },
  },
  { module: 'nltk', calls: { 'network.connect': 'download downloader.*', 'pickle.load': 'data.load' } },
  { module: 'spacy', calls: { 'network.connect': 'cli.download cli.*' } },
  { module: 'transformers', calls: { 'network.connect': '*.from_pretrained pipeline' } },
  { module: 'datasets', calls: { 'network.connect': 'load_dataset' } },
  {
    module: 'torch',
    calls: {
      'network.connect': 'hub.* utils.model_zoo.* distributed.init_process_group',
      'native.load': 'utils.cpp_extension.* ops.load_library classes.load_library ops.*.load_library',
      'pickle.load': 'serialization._legacy_load package.* jit.load storage._load_from_bytes',
    },
    paths: 'load save@1 jit.save@1',
  },
  { module: 'torchvision', calls: { 'network.connect': 'datasets.utils.*' } },
  {
    module: 'tensorflow',
    calls: {
      'native.load': 'load_library load_op_library',
    },
  },
  {
    module: 'keras',
    aliases: 'tensorflow.keras tf_keras',
    calls: {
      'network.connect': 'utils.get_file datasets.*',
      'pickle.load': 'config.enable_unsafe_deserialization',
    },
    paths: 'models.load_model saving.load_model',
  },
  { module: 'tensorflow_datasets', calls: { 'network.connect': '*' } },
];
