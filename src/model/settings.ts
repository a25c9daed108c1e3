/** The environment variables koo reads. `koo help environment` and the README print this table. */

export const settings = {
  KOO_MARKETPLACE: 'Address of the marketplace, as --marketplace; without either, the local sandbox.',
  KOO_DATA: 'Folder of koo’s own data; by default the user’s data folder of the operating system.',
  KOO_SANDBOX_PASSWORD:
    'The password of the pages of `koo sandbox`, which it asks for then; with --host one is made where none is given.',
  KOO_IMS_ENDPOINT:
    'Where images are looked up, with {region} in it, such as https://ims.{region}.myhuaweicloud.com; by default the marketplace’s own image service.',
  KOO_OPEN_API:
    'Where assets are looked up, orders asked for and usage pushed: KooGallery’s open API, such as https://mkt-intl.myhuaweicloud.com; by default the marketplace’s own address.',
  HUAWEICLOUD_SDK_AK: 'Access key of the seller’s account (else HW_ACCESS_KEY).',
  HUAWEICLOUD_SDK_SK: 'Secret key of the seller’s account (else HW_SECRET_KEY).',
  HUAWEICLOUD_SDK_SECURITY_TOKEN: 'Token of temporary credentials (else HW_SECURITY_TOKEN).',
  HUAWEICLOUD_SDK_PROJECT_ID: 'Project id for Huawei Cloud’s image service (else HW_PROJECT_ID).',
  KOO_OBS_BUCKET: 'The seller’s OBS bucket for large packages, as --obs-bucket.',
  KOO_OBS_REGION: 'The region of that bucket, as --obs-region; by default cn-north-4.',
  KOO_OBS_ENDPOINT:
    'Address of the store of that bucket, such as https://obs.cn-north-4.myhuaweicloud.com; by default the region’s OBS.',
  KOO_OBS_AK:
    'Access key for the bucket, with KOO_OBS_SK and perhaps KOO_OBS_SECURITY_TOKEN; by default the marketplace’s.',
  KOO_INTERCONNECTION_KEY:
    'The key a SaaS seller’s server shares with KooGallery, for `koo access` and `koo sandbox`; as Seller Console shows it.',
  KOO_SIGNING_KEY: 'A secret key that signs bundles and licenses: the text of a minisign secret key file.',
  KOO_SIGNING_PASSPHRASE: 'The passphrase of the signing key, where nobody can be asked for it.',
  KOO_CLAMSCAN_DATABASE: 'A file or folder with virus signatures for clamscan; by default its own.',
  SOURCE_DATE_EPOCH: 'The time every entry of a bundle bears, in seconds since 1970; by default 1980-01-01.',
  HTTPS_PROXY:
    'The proxy for marketplaces and services, such as http://proxy.example.com:3128; never used for this machine itself. The lower-case name works too, and wins.',
  HTTP_PROXY: 'The proxy where HTTPS_PROXY is not set.',
  NO_PROXY: 'Hosts reached without the proxy, separated by commas; * for all.',
  KOO_CLOCK:
    '`own`: requests are signed with this machine’s time even where its clock is wrong; else with the server’s then.',
  KOO_DEBUG: '1: every request is shown on standard error, as by --debug.',
  BROWSER: 'The program that `koo preview` opens, by its name or path; by default the system’s browser.',
  CI: 'Set: koo asks nothing.',
  NO_COLOR: 'Set: no colours. FORCE_COLOR: colours also without a terminal.',
} as const
