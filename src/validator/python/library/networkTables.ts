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
    aliases: 'pip._vendor.requests',
    alike: 'requests_html curl_cffi cloudscraper grequests requests_futures',
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
  { module: 'websocket', alike: 'websockets wsproto', calls: connect },
  { module: 'ftplib', calls: connect, except: 'error_*' },
  { module: 'smtplib', calls: connect, except: 'SMTP*Error SMTP*Exception SMTPException' },
  { module: 'smtpd', alike: 'aiosmtpd', calls: connect },
  { module: 'poplib', calls: connect },
  { module: 'imaplib', calls: connect, except: 'Time2Internaldate Internaldate2tuple ParseFlags' },
  { module: 'nntplib', calls: connect },
  { module: 'telnetlib', calls: connect },
  { module: 'asyncore', alike: 'asynchat', calls: connect },
  { module: 'xmlrpclib', calls: connect },
  { module: 'robotparser', calls: connect },
  { module: 'paramiko', alike: 'fabric asyncssh netmiko', calls: connect },
  { module: 'boto3', alike: 'botocore aioboto3 google.cloud azure minio s3fs gcsfs adlfs', calls: connect },
  { module: 'pymongo', alike: 'motor', calls: connect, except: 'errors.* ASCENDING' },
  { module: 'redis', alike: 'pymemcache memcache', calls: connect },
  { module: 'psycopg2', alike: 'psycopg asyncpg pg8000', calls: connect, except: '*Error sql.*' },
  { module: 'pymysql', alike: 'MySQLdb mysql.connector aiomysql', calls: connect, except: '*Error' },
  { module: 'pymssql', alike: 'pyodbc cx_Oracle oracledb', calls: connect, except: '*Error' },
  { module: 'pika', alike: 'kafka zmq nats paho.mqtt stomp', calls: connect },
  { module: 'dns', aliases: 'dnspython', calls: { 'network.connect': 'resolver.* query.* asyncresolver.*' } },
  { module: 'scapy', aliases: 'scapy.all', calls: connect },
  { module: 'grpc', calls: { 'network.connect': 'insecure_channel secure_channel server aio.*' } },
  { module: 'ldap3', calls: connect },
  { module: 'selenium', alike: 'playwright splinter mechanize scrapy pyppeteer', calls: connect },
  {
    module: 'openai',
    alike: 'anthropic langchain_openai langchain_anthropic cohere replicate',
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
  { module: 'uvicorn', alike: 'gunicorn waitress hypercorn gevent.pywsgi', calls: connect },
  { module: 'bottle', calls: { 'network.connect': 'run' } },
  { module: 'yfinance', alike: 'pandas_datareader ccxt alpha_vantage investpy', calls: connect },
  { module: 'wget', calls: connect },
  { module: 'gdown', calls: connect },
  { module: 'tweepy', alike: 'praw slack_sdk telegram discord twilio sendgrid smtplib2', calls: connect },
  { module: 'kaggle', calls: connect, importing: 'network.connect' },
  { module: 'huggingface_hub', calls: connect },
  { module: 'ntplib', calls: connect },
  { module: 'geopy', calls: { 'network.connect': 'geocoders.*' } },
  { module: 'wikipedia', alike: 'wikipediaapi', calls: connect },
];
