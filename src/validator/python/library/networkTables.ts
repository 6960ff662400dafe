import type { ModuleTable } from './moduleTable.ts';

const connect = { 'network.connect': '*' };

/** Modules that open the network. Most of them do nothing else, so all they have is named by `*`. */
export const networkTables: readonly ModuleTable[] = [
  {
    module: 'socket',
    aliases: '_socket',
    guarded: true,
    calls: {
      'network.connect':
        'socket create_connection create_server fromfd fromshare getaddrinfo gethostby* getnameinfo SocketType has_dualstack_ipv6 getfqdn recv_fds send_fds',
    },
  },
  {
    module: 'ssl',
    aliases: '_ssl',
    calls: {
      'network.connect':
        'wrap_socket get_server_certificate SSLSocket SSLContext.wrap_socket SSLContext.wrap_bio',
    },
    makes: { 'ssl.SSLContext': 'create_default_context SSLContext _create_unverified_context' },
  },
  {
    module: 'socketserver',
    aliases: 'SocketServer',
    calls: connect,
    except: 'BaseRequestHandler StreamRequestHandler',
  },
  {
    module: 'http.client',
    aliases: 'httplib six.moves.http_client',
    calls: connect,
    except: 'HTTPException responses parse_headers HTTPMessage OK',
  },
  { module: 'http.server', aliases: 'BaseHTTPServer SimpleHTTPServer wsgiref.simple_server', calls: connect },
  {
    module: 'urllib.request',
    aliases: 'urllib2 six.moves.urllib.request',
    guarded: true,
    calls: connect,
    except: 'quote unquote pathname2url url2pathname getproxies parse_http_list Request proxy_bypass',
  },
  { module: 'urllib', calls: { 'network.connect': 'urlopen urlretrieve URLopener robotparser.*' } },
  { module: 'urllib3', calls: connect, except: 'exceptions.* util.* disable_warnings Timeout Retry' },
  {
    module: 'requests',
    aliases: 'requests_html pip._vendor.requests curl_cffi cloudscraper grequests requests_futures',
    guarded: true,
    calls: connect,
    except:
      'exceptions.* RequestException HTTPError Timeout ConnectionError Request PreparedRequest codes.* structures.* auth.* utils.*',
  },
  {
    module: 'httpx',
    guarded: true,
    calls: connect,
    except: 'HTTPError TimeoutException RequestError HTTPStatusError URL Timeout Limits Headers QueryParams',
  },
  {
    module: 'aiohttp',
    guarded: true,
    calls: connect,
    except: 'ClientError ClientTimeout ClientResponseError',
  },
  { module: 'httplib2', calls: connect },
  { module: 'pycurl', calls: connect },
  { module: 'websocket', aliases: 'websockets wsproto', calls: connect },
  { module: 'ftplib', calls: connect, except: 'error_*' },
  { module: 'smtplib', calls: connect, except: 'SMTP*Error SMTP*Exception SMTPException' },
  { module: 'smtpd', aliases: 'aiosmtpd', calls: connect },
  { module: 'poplib', calls: connect },
  { module: 'imaplib', calls: connect, except: 'Time2Internaldate Internaldate2tuple ParseFlags' },
  { module: 'nntplib', calls: connect },
  { module: 'telnetlib', calls: connect },
  { module: 'asyncore', aliases: 'asynchat', calls: connect },
  { module: 'xmlrpclib', calls: connect },
  { module: 'robotparser', calls: connect },
  { module: 'paramiko', aliases: 'fabric asyncssh netmiko', calls: connect },
  { module: 'boto3', aliases: 'botocore aioboto3 google.cloud azure minio s3fs gcsfs adlfs', calls: connect },
  { module: 'pymongo', aliases: 'motor', calls: connect, except: 'errors.* ASCENDING' },
  { module: 'redis', aliases: 'pymemcache memcache', calls: connect },
  { module: 'psycopg2', aliases: 'psycopg asyncpg pg8000', calls: connect, except: '*Error sql.*' },
  { module: 'pymysql', aliases: 'MySQLdb mysql.connector aiomysql', calls: connect, except: '*Error' },
  { module: 'pymssql', aliases: 'pyodbc cx_Oracle oracledb', calls: connect, except: '*Error' },
  { module: 'pika', aliases: 'kafka zmq nats paho.mqtt stomp', calls: connect },
  { module: 'dns', aliases: 'dnspython', calls: { 'network.connect': 'resolver.* query.* asyncresolver.*' } },
  { module: 'scapy', aliases: 'scapy.all', calls: connect },
  { module: 'grpc', calls: { 'network.connect': 'insecure_channel secure_channel server aio.*' } },
  { module: 'ldap3', calls: connect },
  { module: 'selenium', aliases: 'playwright splinter mechanize scrapy pyppeteer', calls: connect },
  {
    module: 'openai',
    aliases: 'anthropic langchain_openai langchain_anthropic cohere replicate',
    calls: connect,
  },
  { module: 'twisted', calls: { 'network.connect': 'internet.* web.*' } },
  {
    module: 'tornado',
    calls: {
      'network.connect': 'httpclient.* httpserver.* websocket.* tcpclient.* tcpserver.* simple_httpclient.*',
      'code.eval': 'template.Template template.Loader template.DictLoader',
    },
  },
  { module: 'flask', calls: { 'network.connect': 'Flask.run' }, makes: { 'flask.Flask': 'Flask' } },
  { module: 'uvicorn', aliases: 'gunicorn waitress hypercorn gevent.pywsgi', calls: connect },
  { module: 'bottle', calls: { 'network.connect': 'run' } },
  { module: 'yfinance', aliases: 'pandas_datareader ccxt alpha_vantage investpy', calls: connect },
  { module: 'wget', calls: connect },
  { module: 'gdown', calls: connect },
  { module: 'tweepy', aliases: 'praw slack_sdk telegram discord twilio sendgrid smtplib2', calls: connect },
  { module: 'kaggle', calls: connect, importing: 'network.connect' },
  { module: 'huggingface_hub', calls: connect },
  { module: 'ntplib', calls: connect },
  { module: 'geopy', calls: { 'network.connect': 'geocoders.*' } },
  { module: 'wikipedia', aliases: 'wikipediaapi', calls: connect },
];
