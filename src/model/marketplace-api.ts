// Generated from schemas/marketplace.openapi.yaml by `npm run generate`; never edited.
export interface paths {
    readonly "/v1/account": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Show the account the credentials belong to
         * @description The cheapest call; it tells whether the credentials are right.
         */
        readonly get: operations["ShowAccount"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/products": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List products
         * @description All products of the account, by key.
         */
        readonly get: operations["ListProducts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/products/{product_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the product. */
                readonly product_id: components["parameters"]["ProductId"];
            };
            readonly cookie?: never;
        };
        /** Show a product */
        readonly get: operations["ShowProduct"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/products/{product_id}/discontinue": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the product. */
                readonly product_id: components["parameters"]["ProductId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Discontinue a product
         * @description Removes the product for good, with its releases on sale and in review. Repeating it returns the product again.
         */
        readonly post: operations["DiscontinueProduct"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/products/{product_id}/releases": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the product. */
                readonly product_id: components["parameters"]["ProductId"];
            };
            readonly cookie?: never;
        };
        /**
         * List the releases of a product
         * @description Newest first.
         */
        readonly get: operations["ListProductReleases"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/releases": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List releases by their ids
         * @description For following many reviews at once. An id there is no release of is passed over.
         */
        readonly get: operations["ListReleases"];
        readonly put?: never;
        /**
         * Create a release
         * @description Creates the product if its key is new, and the release, and submits it: all of it or nothing.
         *
         *     A repeat is answered with 200 and the existing release where the client token was used for the same request,
         *     or where the same key, version and content digest are in review or on sale. The same version may be released
         *     again after it was rejected, withdrawn or left a draft; a version once on sale is never released with other
         *     content (`KOO.01409001`), nor again after a newer one took its place. The exception: a release on sale that was
         *     edited since it was created may be replaced by one of the content it was created with, by a client that names
         *     the `expected_revision`.
         */
        readonly post: operations["CreateRelease"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/releases/{release_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the release. */
                readonly release_id: components["parameters"]["ReleaseId"];
            };
            readonly cookie?: never;
        };
        /** Show a release */
        readonly get: operations["ShowRelease"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/releases/{release_id}/content": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the release. */
                readonly release_id: components["parameters"]["ReleaseId"];
            };
            readonly cookie?: never;
        };
        /** Show what a release consists of */
        readonly get: operations["ShowReleaseContent"];
        /**
         * Edit the manifest of a release
         * @description What a person does in the marketplace's own console: the release stays what it is, in the state it is in, with another manifest. Key, version and delivery method cannot change, and no file can be named that the release does not have. A marketplace may keep this to its console and refuse it with `KOO.01403001`.
         */
        readonly put: operations["EditRelease"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/releases/{release_id}/files/{sha256}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the release. */
                readonly release_id: components["parameters"]["ReleaseId"];
                /** @description Hash of the file's content. */
                readonly sha256: components["schemas"]["Sha256"];
            };
            readonly cookie?: never;
        };
        /**
         * Download a file of a release
         * @description A file that is in the seller's bucket is downloaded from there, and is 404 here.
         */
        readonly get: operations["DownloadReleaseFile"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/releases/{release_id}/submit": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the release. */
                readonly release_id: components["parameters"]["ReleaseId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Submit a release for review
         * @description From draft, withdrawn or rejected. A repeat with the same client token returns the release again.
         */
        readonly post: operations["SubmitRelease"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/releases/{release_id}/withdraw": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the release. */
                readonly release_id: components["parameters"]["ReleaseId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Take a release back before its review ends
         * @description From in-review. A repeat with the same client token returns the release again.
         */
        readonly post: operations["WithdrawRelease"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/releases/{release_id}/review": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the release. */
                readonly release_id: components["parameters"]["ReleaseId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Give the verdict of a review
         * @description From in-review. A marketplace may keep this to its reviewers and refuse sellers with `KOO.01403001`. When a release goes on sale, the product's release that was on sale before becomes discontinued.
         */
        readonly post: operations["ReviewRelease"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/uploads": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Announce a file
         * @description Content the account already has is answered with 200 and state complete, and need not be sent. An upload of the same content that is still open is returned again with 200, so that it can be resumed.
         */
        readonly post: operations["CreateUpload"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/uploads/{upload_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the upload. */
                readonly upload_id: components["parameters"]["UploadId"];
            };
            readonly cookie?: never;
        };
        /** Show an upload and the parts it has */
        readonly get: operations["ShowUpload"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/uploads/{upload_id}/parts/{part_number}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the upload. */
                readonly upload_id: components["parameters"]["UploadId"];
                /**
                 * @description From 1; part n holds the bytes from (n - 1) × part_size on.
                 * @example 1
                 */
                readonly part_number: number;
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Send a part of a file
         * @description Every part has part_size bytes, the last one what remains. Sending a part again replaces it; sending it to an upload that is complete changes nothing and is refused with `KOO.01409004` if its bytes are others.
         */
        readonly put: operations["UploadPart"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/uploads/{upload_id}/complete": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the upload. */
                readonly upload_id: components["parameters"]["UploadId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Complete an upload
         * @description Every part has to be there and the whole has to have the announced hash, else `KOO.01400005`. Repeating it returns the upload again.
         */
        readonly post: operations["CompleteUpload"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/ims/{region}/v2/cloudimages": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List images
         * @description ListImages of the Image Management Service, which Huawei Cloud offers at `https://ims.{region}.myhuaweicloud.com/v2/cloudimages`. Its other query parameters are ignored here. There is no next marker: a page shorter than the limit is the last one.
         */
        readonly get: operations["ListImages"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/mkp-openapi-public/v1/asset/deployed-object": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List what a released asset delivers
         * @description The asset look-up of KooGallery's open API. Its other query parameters are ignored here. An asset that is not there is answered with an empty list.
         */
        readonly get: operations["ListDeployedObjects"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/mkp-openapi-public/global/v1/order/query": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Show an order
         * @description The order query of KooGallery's open API: what a seller's production interface asks when it is called with an order. It answers for the documented mock orders, too.
         */
        readonly get: operations["ShowOrder"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/mkp-openapi-public/global/v1/isv/usage-data": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Report what instances used
         * @description The usage push of KooGallery's open API, for instances that are paid by usage. Beside the signature with the key pair, the body is signed with the key of the production interface: base64 of the HMAC-SHA256 of `ts={ts}&nonce={nonce}&body={body}`, the keys of the body sorted. Where one record is wrong, none is kept.
         */
        readonly post: operations["PushUsage"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description An id the marketplace gave. */
        readonly Id: string;
        /** @description The seller's own stable id of a product, unique in the account. */
        readonly ProductKey: string;
        /** @description A SHA-256 in lower-case hex. */
        readonly Sha256: string;
        /** @description 16 to 64 letters, digits, "_" and "-"; a UUID will do. */
        readonly ClientToken: string;
        /**
         * @description A time in UTC, as RFC 3339 writes it.
         * @example 2026-11-22T09:30:00.000Z
         */
        readonly Time: string;
        /**
         * @description draft: saved, not submitted. in-review: waiting for the review. rejected: the review rejected it. on-sale: buyers see it. withdrawn: taken back before the review ended. discontinued: removed for good.
         * @enum {string}
         */
        readonly State: "draft" | "in-review" | "rejected" | "on-sale" | "withdrawn" | "discontinued";
        /** @description An account of a seller. */
        readonly Account: {
            /** @description Id of the account. */
            readonly account_id: components["schemas"]["Id"];
            /** @description Name of the account. */
            readonly name: string;
            /** @description What these credentials may do; absent where the marketplace does not tell. */
            readonly rights?: readonly ("publish" | "discontinue" | "review" | "edit")[];
            /** @description Limits of the account; absent where the marketplace does not tell. */
            readonly quota?: {
                /** @description Number of products that are not discontinued. */
                readonly products?: {
                    /** @description How many there are. */
                    readonly used: number;
                    /** @description How many there may be. */
                    readonly limit: number;
                };
            };
        };
        /** @description Where a page stands in the whole list. */
        readonly PageInfo: {
            /** @description The marker of the next page; absent on the last page. */
            readonly next_marker?: string;
            /** @description Number of entries on this page. */
            readonly current_count: number;
        };
        /** @description A product of the account. */
        readonly Product: {
            /** @description Id of the product. */
            readonly product_id: components["schemas"]["Id"];
            /** @description The seller's id of the product. */
            readonly key: components["schemas"]["ProductKey"];
            /** @description Name of the release on sale, else of the newest. */
            readonly name: string;
            /** @description Id of the delivery method, as the manifest names it; fixed by the first release. */
            readonly method: string;
            /** @description on-sale if a release is, else the state of the newest release; discontinued is final. */
            readonly state: components["schemas"]["State"];
            /** @description Version of the release on sale, else of the newest. */
            readonly version: string;
            /** @description Number of releases. */
            readonly release_count: number;
            /** @description Grows with every change to the product or a release of it. */
            readonly revision: number;
            /** @description Its newest release. */
            readonly newest: {
                /** @description Id of the release. */
                readonly release_id: components["schemas"]["Id"];
                /** @description Version as the manifest has it. */
                readonly version: string;
                /** @description Digest of what it consists of now. */
                readonly content_digest: components["schemas"]["Sha256"];
                /** @description How far it has come. */
                readonly state: components["schemas"]["State"];
            };
            /** @description Names of specifications that were on sale and were removed, which is final. */
            readonly removed_specifications?: readonly string[];
            /** @description When the first release was created. */
            readonly created_at: components["schemas"]["Time"];
            /** @description When the product or a release of it last changed. */
            readonly updated_at: components["schemas"]["Time"];
        };
        /** @description A page of products. */
        readonly ProductPage: {
            /** @description The products, by key. */
            readonly products: readonly components["schemas"]["Product"][];
            /** @description Where the page stands. */
            readonly page_info: components["schemas"]["PageInfo"];
        };
        /** @description What a reviewer finds wrong. */
        readonly Complaint: {
            /** @description JSON Pointer into the manifest; empty for the product as a whole. */
            readonly path: string;
            /** @description A word of the reviewer's. */
            readonly code: string;
            /** @description What is wrong, in a sentence. */
            readonly message: string;
        };
        /** @description A file of a release. */
        readonly ReleaseFile: {
            /** @description As the manifest names it, or the name of the bundle, or that of its signature. */
            readonly path: string;
            /** @description Hash of the content. */
            readonly sha256: components["schemas"]["Sha256"];
            /** @description Size in bytes. */
            readonly bytes: number;
            /** @description Of a bundle, the hash of the seller's files in it, which does not depend on how they are packed. */
            readonly content_sha256?: components["schemas"]["Sha256"];
            /** @description Where it is in the seller's bucket; absent where the marketplace holds it. */
            readonly object?: components["schemas"]["StoredObject"];
        };
        /** @description An object in an OBS bucket of the seller's. */
        readonly StoredObject: {
            /** @description Name of the bucket. */
            readonly bucket: string;
            /** @description Region the bucket is in. */
            readonly region: string;
            /** @description Key of the object. */
            readonly key: string;
        };
        /** @description What a release consists of. */
        readonly ReleaseContent: {
            /** @description Id of the release. */
            readonly release_id: components["schemas"]["Id"];
            /** @description Digest of it. */
            readonly content_digest: components["schemas"]["Sha256"];
            /** @description The manifest as data. */
            readonly manifest: {
                readonly [key: string]: unknown;
            };
            /** @description Its files. */
            readonly files: readonly components["schemas"]["ReleaseFile"][];
            /** @description The manifest it was created with, where it was edited since. */
            readonly created_manifest?: {
                readonly [key: string]: unknown;
            };
        };
        /** @description What a release is to consist of. */
        readonly Edit: {
            /** @description Digest of what is edited; refused with `KOO.01409007` where it is another by now. */
            readonly content_digest: components["schemas"]["Sha256"];
            /** @description The whole manifest as data. */
            readonly manifest: {
                readonly [key: string]: unknown;
            };
        };
        /** @description A version of a product on its way to the buyers. */
        readonly Release: {
            /** @description Id of the release. */
            readonly release_id: components["schemas"]["Id"];
            /** @description Id of its product. */
            readonly product_id: components["schemas"]["Id"];
            /** @description The seller's id of its product. */
            readonly key: components["schemas"]["ProductKey"];
            /** @description Version as the manifest has it. */
            readonly version: string;
            /** @description Digest of what it consists of now; two releases of the same digest are the same. */
            readonly content_digest: components["schemas"]["Sha256"];
            /** @description The digest it was created with, made by the client; another than content_digest once it was edited. */
            readonly created_digest: components["schemas"]["Sha256"];
            /** @description How far it has come. */
            readonly state: components["schemas"]["State"];
            /** @description Why the review rejected it; empty otherwise. */
            readonly complaints: readonly components["schemas"]["Complaint"][];
            /** @description Its files, in the order they were given. */
            readonly files: readonly components["schemas"]["ReleaseFile"][];
            /** @description When it was created. */
            readonly created_at: components["schemas"]["Time"];
            /** @description When it was last edited; absent where it never was. */
            readonly edited_at?: components["schemas"]["Time"];
            /** @description When it was last submitted; absent for a draft. */
            readonly submitted_at?: components["schemas"]["Time"];
            /** @description When the review of that ended; absent before. */
            readonly reviewed_at?: components["schemas"]["Time"];
        };
        /** @description Some releases. */
        readonly ReleaseList: {
            /** @description The releases, in the order of their ids in the request. */
            readonly releases: readonly components["schemas"]["Release"][];
        };
        /** @description A page of releases. */
        readonly ReleasePage: {
            /** @description The releases, newest first. */
            readonly releases: readonly components["schemas"]["Release"][];
            /** @description Where the page stands. */
            readonly page_info: components["schemas"]["PageInfo"];
        };
        /** @description What is sent to create a release. */
        readonly NewRelease: {
            /** @description The product, equal to `product.key` of the manifest. */
            readonly key: components["schemas"]["ProductKey"];
            /** @description Digest of manifest and files. */
            readonly content_digest: components["schemas"]["Sha256"];
            /** @description The manifest as data, by koo's manifest schema; name, version and delivery method come from it. */
            readonly manifest: {
                readonly [key: string]: unknown;
            };
            /** @description The files the manifest names, the bundle, and its signature (BUNDLE.minisig) where it has one. */
            readonly files: readonly {
                /** @description As the manifest names it, or the name of the bundle, or that of its signature. */
                readonly path: string;
                /** @description Hash of the content. */
                readonly sha256: components["schemas"]["Sha256"];
                /** @description Size in bytes. */
                readonly bytes: number;
                /** @description Of a bundle, the hash of the seller's files in it, which does not depend on how they are packed. */
                readonly content_sha256?: components["schemas"]["Sha256"];
                /** @description Id of the upload; either this or object. */
                readonly upload_id?: components["schemas"]["Id"];
                /** @description Where it is in the seller's bucket. */
                readonly object?: components["schemas"]["StoredObject"];
            }[];
            /** @description Revision of the product that the client planned from, 0 for a product that is new; refused with `KOO.01409007` where it is another by now. Left out, no such question is asked. */
            readonly expected_revision?: number;
            /**
             * @description Submit it at once; false leaves a draft.
             * @default true
             */
            readonly submit?: boolean;
        };
        /** @description The verdict of a review. */
        readonly Verdict: {
            /**
             * @description approve puts it on sale, reject sends it back.
             * @enum {string}
             */
            readonly decision: "approve" | "reject";
            /** @description Why it is rejected. */
            readonly complaints?: readonly components["schemas"]["Complaint"][];
        };
        /** @description What is said of a file before it is sent. */
        readonly NewUpload: {
            /** @description A name to recognise it by; it has no other meaning. */
            readonly name: string;
            /** @description Size in bytes, at most 10000 parts. */
            readonly bytes: number;
            /** @description Hash of the whole content. */
            readonly sha256: components["schemas"]["Sha256"];
        };
        /** @description A part of an upload. */
        readonly Part: {
            /** @description From 1. */
            readonly part_number: number;
            /** @description Size in bytes. */
            readonly bytes: number;
            /** @description Hash of the part. */
            readonly sha256: components["schemas"]["Sha256"];
        };
        /** @description A file that is being sent, or is there. */
        readonly Upload: {
            /** @description Id of the upload. */
            readonly upload_id: components["schemas"]["Id"];
            /** @description The name it was announced with first. */
            readonly name: string;
            /** @description Size in bytes. */
            readonly bytes: number;
            /** @description Hash of the whole content. */
            readonly sha256: components["schemas"]["Sha256"];
            /** @description Bytes of every part but the last. */
            readonly part_size: number;
            /**
             * @description open: takes parts. complete: the content is there.
             * @enum {string}
             */
            readonly state: "open" | "complete";
            /** @description The parts received so far, by number. */
            readonly parts: readonly components["schemas"]["Part"][];
        };
        /** @description An image as the image service describes it; attributes that do not apply are missing. */
        readonly Image: {
            /** @description Id of the image (a UUID). */
            readonly id: string;
            /** @description Name of the image. */
            readonly name: string;
            /** @description Only an active image can be used. */
            readonly status: string;
            /** @description gold (public), private, shared or market. */
            readonly __imagetype: string;
            /** @description public, private or shared. */
            readonly visibility: string;
            /** @description Id of the project it belongs to. */
            readonly owner: string;
            /** @description Whether it may be released on the marketplace; unknown where it is missing. */
            readonly __system_support_market?: boolean;
            /** @description Set where it is released on the marketplace already. */
            readonly __productcode?: string;
            /** @description FusionCompute for a system-disk image. */
            readonly virtual_env_type?: string;
            /** @description Set where it was made from a backup. */
            readonly __backup_id?: string;
            /** @description Set where it is encrypted. */
            readonly __system__cmkid?: string;
            /** @description Whether it is of a whole machine. */
            readonly __whole_image?: boolean;
            /** @description Size of its file in bytes, as text. */
            readonly __image_size?: string;
            /** @description Id of the image it was made from. */
            readonly __originalimagename?: string;
            /** @description Linux, Windows or Other. */
            readonly __os_type?: string;
            /** @description Smallest disk in GB. */
            readonly min_disk?: number;
            /** @description When it was created. */
            readonly created_at?: string;
        };
        /** @description A page of images. */
        readonly ImagePage: {
            /** @description The images. */
            readonly images: readonly components["schemas"]["Image"][];
        };
        /** @description An error in the form of the image service. */
        readonly ImageError: {
            /** @description The error. */
            readonly error: {
                /** @description What is wrong, in a sentence. */
                readonly message: string;
                /** @description A code such as IMG.0024. */
                readonly code: string;
            };
        };
        /** @description A version of a released asset as the open API describes it. */
        readonly DeployedObject: {
            /** @description Id of the asset. */
            readonly asset_id: string;
            /** @description What the asset is: software_package or image. */
            readonly deployed_type: string;
            /** @description Version, such as V1.0. */
            readonly version: string;
            /** @description Region it is in. */
            readonly region?: string;
        };
        /** @description The open API's answer, with its code for success. */
        readonly DeployedObjects: {
            /** @description 92020000 for success. */
            readonly error_code: string;
            /** @description A word on it. */
            readonly error_msg: string;
            /** @description What there is. */
            readonly data: readonly components["schemas"]["DeployedObject"][];
        };
        /** @description An error in the form of KooGallery's open API. */
        readonly OpenApiError: {
            /** @description A code such as 92020002. */
            readonly error_code: string;
            /** @description What is wrong, in a sentence. */
            readonly error_msg: string;
        };
        /** @description An order, in the form of the open API's order query. */
        readonly OrderAnswer: {
            /** @description MKT.0000 for success. */
            readonly resultCode: string;
            /** @description A word on it. */
            readonly resultMsg: string;
            readonly orderInfo: components["schemas"]["OrderInfo"];
        };
        /** @description An order with its lines and its buyer. */
        readonly OrderInfo: {
            /** @description Id of the order. */
            readonly orderId: string;
            /**
             * @description What is ordered.
             * @enum {string}
             */
            readonly orderType: "NEW" | "TRIAL" | "TRIAL_TO_FORMAL" | "UNSUBSCRIBE" | "RENEW" | "CHANGE";
            /** @description When it was made, yyyyMMddHHmmss in UTC. */
            readonly createTime: string;
            /** @description Its lines, or the one asked for. */
            readonly orderLine: readonly components["schemas"]["OrderLine"][];
            readonly buyerInfo: components["schemas"]["BuyerInfo"];
        };
        /** @description What one line of an order is about. */
        readonly OrderLine: {
            /** @description Id of the line. */
            readonly orderLineId: string;
            /**
             * @description How it is paid.
             * @enum {string}
             */
            readonly chargingMode: "PERIOD" | "ONE_TIME" | "ON_DEMAND" | "ON_DEMAND_PKG";
            /**
             * @description The unit of the period that is bought.
             * @enum {string}
             */
            readonly periodType?: "year" | "month" | "day";
            /** @description How many of them. */
            readonly periodNumber?: number;
            /** @description When the instance ends, yyyyMMddHHmmss in UTC. */
            readonly expireTime?: string;
            /** @description What is bought. */
            readonly productInfo: readonly components["schemas"]["OrderedProduct"][];
            /** @description The seller's own parameters. */
            readonly extendParams: readonly components["schemas"]["ExtendParam"][];
        };
        /** @description A product, down to what a price stands at. */
        readonly OrderedProduct: {
            /** @description Id of the product. */
            readonly productId: string;
            /** @description The specification; in the sandbox, its name. */
            readonly skuCode: string;
            /** @description Name of the product. */
            readonly productName: string;
        };
        /** @description A parameter of the seller's own. */
        readonly ExtendParam: {
            /** @description Its name. */
            readonly name: string;
            /** @description What the buyer gave. */
            readonly value: string;
        };
        /** @description Who bought it. */
        readonly BuyerInfo: {
            /** @description Id of the buyer's account. */
            readonly customerId: string;
            /** @description Its name. */
            readonly customerName: string;
            /** @description Id of the user who bought. */
            readonly userId: string;
            /** @description Name of that user. */
            readonly userName: string;
            /** @description Mail address. */
            readonly email?: string;
            /** @description Mobile number. */
            readonly mobilePhone?: string;
        };
        /** @description An error in the form of the order query. */
        readonly OrderRefusal: {
            /** @description A code such as MKT.0101. */
            readonly resultCode: string;
            /** @description What is wrong, in a sentence. */
            readonly resultMsg: string;
        };
        /** @description What instances used. */
        readonly UsageRecords: {
            /** @description The records, at most 1,000. */
            readonly usage_records: readonly components["schemas"]["UsageRecord"][];
        };
        /** @description What one instance used in a time. */
        readonly UsageRecord: {
            /** @description Id of the instance. */
            readonly instance_id: string;
            /** @description When it was recorded, in UTC. */
            readonly record_time: string;
            /** @description When the time began, in UTC. */
            readonly begin_time: string;
            /** @description When it ended, in UTC. */
            readonly end_time: string;
            /** @description What was used, with at most 4 decimals. */
            readonly usage_value: number;
        };
        /** @description All of it was kept. */
        readonly UsageAnswer: {
            /** @description MKT.0000 for success. */
            readonly error_code: string;
            /** @description A word on it. */
            readonly error_msg: string;
        };
        /** @description An error of the usage push. KooGallery's page says that there is a list of abnormal records, not how it is named. */
        readonly UsageRefusal: {
            /** @description A code such as MKT.0102. */
            readonly error_code: string;
            /** @description What is wrong, in a sentence. */
            readonly error_msg: string;
            /** @description Which records are wrong. */
            readonly abnormal_records?: readonly components["schemas"]["AbnormalRecord"][];
        };
        /** @description A record that is not accepted. */
        readonly AbnormalRecord: {
            /** @description Its place in the request, from 0. */
            readonly index: number;
            /** @description Id of the instance it names. */
            readonly instance_id: string;
            /** @description A code such as MKT.9001. */
            readonly error_code: string;
            /** @description What is wrong, in a sentence. */
            readonly error_msg: string;
        };
        /** @description Why a request was refused or failed. */
        readonly Error: {
            /** @description One of the codes above. */
            readonly error_code: string;
            /** @description What is wrong, in a sentence. */
            readonly error_msg: string;
            /** @description The same as the header X-Request-Id. */
            readonly request_id: string;
            /** @description What is wrong in particular, where there is more than one thing to say. */
            readonly details?: readonly components["schemas"]["Complaint"][];
        };
    };
    responses: {
        /** @description The product. */
        readonly Product: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["Product"];
            };
        };
        /** @description The release. */
        readonly Release: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["Release"];
            };
        };
        /** @description The releases. */
        readonly Releases: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["ReleaseList"];
            };
        };
        /** @description What the release consists of. */
        readonly ReleaseContent: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["ReleaseContent"];
            };
        };
        /** @description The upload. */
        readonly Upload: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["Upload"];
            };
        };
        /** @description The request is refused as it stands (`KOO.01400…`); `details` say where and why. */
        readonly BadRequest: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The signature is missing, wrong, expired or was used before (`APIGW.0301`). */
        readonly Unauthorized: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error_code": "APIGW.0301",
                 *       "error_msg": "Incorrect IAM authentication information: verify aksk signature fail",
                 *       "request_id": "2f1d6c0b9a4e4f7d8a5b3c2d1e0f9a8b"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Not with these rights (`KOO.01403001`). */
        readonly Forbidden: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description No such product, release or upload (`KOO.01404001`). */
        readonly NotFound: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The marketplace holds something this does not go with (`KOO.01409…`). */
        readonly Conflict: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error_code": "KOO.01409001",
                 *       "error_msg": "V1.0 of northwind-crm is on sale with other content.",
                 *       "request_id": "2f1d6c0b9a4e4f7d8a5b3c2d1e0f9a8b"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Any other refusal or failure, such as 413 `APIGW.0201`, 429 `APIGW.0308` or 500 `KOO.01500001`. */
        readonly Error: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /** @description Number of entries on a page. */
        readonly Limit: number;
        /** @description The `next_marker` of the page before; left out for the first page. */
        readonly Marker: components["schemas"]["Id"];
        /** @description Id of the product. */
        readonly ProductId: components["schemas"]["Id"];
        /** @description Id of the release. */
        readonly ReleaseId: components["schemas"]["Id"];
        /** @description Made by the client for this request, and sent again unchanged when the request is repeated. */
        readonly ClientToken: components["schemas"]["ClientToken"];
        /** @description Id of the upload. */
        readonly UploadId: components["schemas"]["Id"];
    };
    requestBodies: never;
    headers: {
        /** @description Names the request in the marketplace's records; the `request_id` of an error is the same. */
        readonly "X-Request-Id": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly ShowAccount: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The account. */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "account_id": "0b1e494e2660441a957313163095fe5c",
                     *       "name": "northwind-software",
                     *       "rights": [
                     *         "publish",
                     *         "discontinue"
                     *       ],
                     *       "quota": {
                     *         "products": {
                     *           "used": 12,
                     *           "limit": 500
                     *         }
                     *       }
                     *     }
                     */
                    readonly "application/json": components["schemas"]["Account"];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly ListProducts: {
        readonly parameters: {
            readonly query?: {
                /** @description Number of entries on a page. */
                readonly limit?: components["parameters"]["Limit"];
                /** @description The `next_marker` of the page before; left out for the first page. */
                readonly marker?: components["parameters"]["Marker"];
                /** @description Only the product of this key. */
                readonly key?: components["schemas"]["ProductKey"];
                /**
                 * @description Only the products of these keys, up to 100, with commas between them; all on one page.
                 * @example northwind-crm,northwind-mail
                 */
                readonly keys?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of products. */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ProductPage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly ShowProduct: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the product. */
                readonly product_id: components["parameters"]["ProductId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["Product"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 404: components["responses"]["NotFound"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly DiscontinueProduct: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the product. */
                readonly product_id: components["parameters"]["ProductId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["Product"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 404: components["responses"]["NotFound"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly ListProductReleases: {
        readonly parameters: {
            readonly query?: {
                /** @description Number of entries on a page. */
                readonly limit?: components["parameters"]["Limit"];
                /** @description The `next_marker` of the page before; left out for the first page. */
                readonly marker?: components["parameters"]["Marker"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Id of the product. */
                readonly product_id: components["parameters"]["ProductId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of releases. */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ReleasePage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 404: components["responses"]["NotFound"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly ListReleases: {
        readonly parameters: {
            readonly query: {
                /**
                 * @description Up to 100 ids, with commas between them.
                 * @example 5f0c6f2d-2c0e-4d55-9f0b-8f1a6f6f0c11,1b8a5c0e-9a4f-4e0c-8a6d-0b8c4f5f6a77
                 */
                readonly release_ids: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["Releases"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly CreateRelease: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description Made by the client for this request, and sent again unchanged when the request is repeated.
                 * @example 6f2d5f0c-2c0e-4d55-9f0b-8f1a6f6f0c11
                 */
                readonly "X-Client-Token": components["schemas"]["ClientToken"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "key": "northwind-crm",
                 *       "content_digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                 *       "manifest": {
                 *         "koo": 1,
                 *         "product": {
                 *           "key": "northwind-crm",
                 *           "name": "Northwind CRM",
                 *           "version": "V1.0"
                 *         }
                 *       },
                 *       "files": [
                 *         {
                 *           "path": "logo.png",
                 *           "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                 *           "bytes": 18211,
                 *           "upload_id": "1b8a5c0e-9a4f-4e0c-8a6d-0b8c4f5f6a77"
                 *         }
                 *       ],
                 *       "submit": true
                 *     }
                 */
                readonly "application/json": components["schemas"]["NewRelease"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Release"];
            /** @description The new release. */
            readonly 201: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Release"];
                };
            };
            /** @description The request, the manifest or a file is refused. */
            readonly 400: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error_code": "KOO.01400002",
                     *       "error_msg": "The manifest is refused.",
                     *       "request_id": "2f1d6c0b9a4e4f7d8a5b3c2d1e0f9a8b",
                     *       "details": [
                     *         {
                     *           "path": "/product/version",
                     *           "code": "version-form",
                     *           "message": "Version must be an upper-case V and numbers, such as V1.0 or V2.1."
                     *         }
                     *       ]
                     *     }
                     */
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 409: components["responses"]["Conflict"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly ShowRelease: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the release. */
                readonly release_id: components["parameters"]["ReleaseId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["Release"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 404: components["responses"]["NotFound"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly ShowReleaseContent: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the release. */
                readonly release_id: components["parameters"]["ReleaseId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["ReleaseContent"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 404: components["responses"]["NotFound"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly EditRelease: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the release. */
                readonly release_id: components["parameters"]["ReleaseId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Edit"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["ReleaseContent"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly DownloadReleaseFile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Only from a byte on, as in `bytes=8388608-`; any other range may be answered with the whole file. */
                readonly Range?: string;
            };
            readonly path: {
                /** @description Id of the release. */
                readonly release_id: components["parameters"]["ReleaseId"];
                /** @description Hash of the file's content. */
                readonly sha256: components["schemas"]["Sha256"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The bytes. */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/octet-stream": unknown;
                };
            };
            /** @description The bytes of the range; `Content-Range` says which. */
            readonly 206: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/octet-stream": unknown;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 404: components["responses"]["NotFound"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly SubmitRelease: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Made by the client for this request, and sent again unchanged when the request is repeated. */
                readonly "X-Client-Token"?: components["parameters"]["ClientToken"];
            };
            readonly path: {
                /** @description Id of the release. */
                readonly release_id: components["parameters"]["ReleaseId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["Release"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly WithdrawRelease: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Made by the client for this request, and sent again unchanged when the request is repeated. */
                readonly "X-Client-Token"?: components["parameters"]["ClientToken"];
            };
            readonly path: {
                /** @description Id of the release. */
                readonly release_id: components["parameters"]["ReleaseId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["Release"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly ReviewRelease: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the release. */
                readonly release_id: components["parameters"]["ReleaseId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "decision": "reject",
                 *       "complaints": [
                 *         {
                 *           "path": "/product/name",
                 *           "code": "review-complaint",
                 *           "message": "The name is not that of the software copyright certificate."
                 *         }
                 *       ]
                 *     }
                 */
                readonly "application/json": components["schemas"]["Verdict"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Release"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly CreateUpload: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "name": "northwind-crm-V1.0.tar.gz",
                 *       "bytes": 18211,
                 *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
                 *     }
                 */
                readonly "application/json": components["schemas"]["NewUpload"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Upload"];
            /** @description The new upload. */
            readonly 201: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Upload"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly ShowUpload: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the upload. */
                readonly upload_id: components["parameters"]["UploadId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["Upload"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 404: components["responses"]["NotFound"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly UploadPart: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description SHA-256 of the part in lower-case hex; it is signed and compared with the bytes received. */
                readonly "X-Sdk-Content-Sha256": components["schemas"]["Sha256"];
            };
            readonly path: {
                /** @description Id of the upload. */
                readonly upload_id: components["parameters"]["UploadId"];
                /**
                 * @description From 1; part n holds the bytes from (n - 1) × part_size on.
                 * @example 1
                 */
                readonly part_number: number;
            };
            readonly cookie?: never;
        };
        /** @description The bytes, at most 8 MiB; a body of a request signed with AK/SK may not exceed 12 MB. */
        readonly requestBody: {
            readonly content: {
                readonly "application/octet-stream": unknown;
            };
        };
        readonly responses: {
            /** @description The part. */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Part"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly CompleteUpload: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the upload. */
                readonly upload_id: components["parameters"]["UploadId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["Upload"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 404: components["responses"]["NotFound"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly ListImages: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Only the image of this id.
                 * @example 33ad552d-1149-471c-8190-ff6776174a00
                 */
                readonly id?: string;
                /** @description Only images of exactly this name. */
                readonly name?: string;
                /** @description Only images of this status, such as active. */
                readonly status?: string;
                /** @description Only images of this type; gold are the public ones. */
                readonly __imagetype?: "gold" | "private" | "shared" | "market";
                /** @description Number of images on a page. */
                readonly limit?: number;
                /** @description Id of the last image of the page before. */
                readonly marker?: string;
            };
            readonly header?: never;
            readonly path: {
                /**
                 * @description Region id.
                 * @example ap-southeast-3
                 */
                readonly region: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The images. */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ImagePage"];
                };
            };
            /** @description The image service refuses the request, in its own form. */
            readonly 400: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": {
                     *         "message": "The imagetype is invalid.",
                     *         "code": "IMG.0024"
                     *       }
                     *     }
                     */
                    readonly "application/json": components["schemas"]["ImageError"];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly ListDeployedObjects: {
        readonly parameters: {
            readonly query: {
                /**
                 * @description Id of the asset.
                 * @example 0b1e494e2660441a957313163095fe5c
                 */
                readonly asset_id: string;
                /**
                 * @description What the asset is.
                 * @example software_package
                 */
                readonly deployed_type: string;
                /**
                 * @description Only this version.
                 * @example V1.0
                 */
                readonly asset_version?: string;
                /** @description Only what is in this region. */
                readonly region?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What the asset delivers. */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DeployedObjects"];
                };
            };
            /** @description The open API refuses the request, in its own form. */
            readonly 400: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error_code": "92020002",
                     *       "error_msg": "query must have required property asset_id"
                     *     }
                     */
                    readonly "application/json": components["schemas"]["OpenApiError"];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly ShowOrder: {
        readonly parameters: {
            readonly query: {
                /**
                 * @description Id of the order.
                 * @example MOCKPERIODYEARNEW
                 */
                readonly orderId: string;
                /**
                 * @description Id of a line of it; without one, all of its lines.
                 * @example MOCKPERIODYEARNEW-000001
                 */
                readonly orderLineId?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The order. */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OrderAnswer"];
                };
            };
            /** @description There is no such order or line (MKT.0101), or the request is wrong, in the form of this call. */
            readonly 400: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "resultCode": "MKT.0101",
                     *       "resultMsg": "There is no order CS1."
                     *     }
                     */
                    readonly "application/json": components["schemas"]["OrderRefusal"];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly default: components["responses"]["Error"];
        };
    };
    readonly PushUsage: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The signature of the body. */
                readonly signature: string;
                /** @description When it was signed, in milliseconds since 1970; not more than a minute ago. */
                readonly ts: string;
                /** @description Another one for each request. */
                readonly nonce: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["UsageRecords"];
            };
        };
        readonly responses: {
            /** @description All records were kept. */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error_code": "MKT.0000",
                     *       "error_msg": "Success"
                     *     }
                     */
                    readonly "application/json": components["schemas"]["UsageAnswer"];
                };
            };
            /** @description Nothing was kept: the request is wrong (MKT.0101), the signature of the body is (MKT.0102), or an instance is unknown (MKT.9001). */
            readonly 400: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error_code": "MKT.0102",
                     *       "error_msg": "The signature of the body is wrong."
                     *     }
                     */
                    readonly "application/json": components["schemas"]["UsageRefusal"];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly default: components["responses"]["Error"];
        };
    };
}
