// Generated from schemas/marketplace.openapi.yaml by `npm run generate`; never edited.
// biome-ignore-all format: generated
/** The operations of the marketplace contract and their JSON Schemas, as plain data. */
export const components = {
 "$id": "marketplace",
 "$defs": {
  "Id": {
   "type": "string",
   "pattern": "^[A-Za-z0-9_-]{1,64}$"
  },
  "ProductKey": {
   "type": "string",
   "pattern": "^[a-z0-9][a-z0-9-]{1,62}$"
  },
  "Sha256": {
   "type": "string",
   "pattern": "^[0-9a-f]{64}$"
  },
  "ClientToken": {
   "type": "string",
   "pattern": "^[A-Za-z0-9_-]{16,64}$"
  },
  "Time": {
   "type": "string",
   "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?Z$"
  },
  "State": {
   "type": "string",
   "enum": [
    "draft",
    "in-review",
    "rejected",
    "on-sale",
    "withdrawn",
    "discontinued"
   ]
  },
  "Account": {
   "type": "object",
   "required": [
    "account_id",
    "name"
   ],
   "properties": {
    "account_id": {
     "$ref": "marketplace#/$defs/Id"
    },
    "name": {
     "type": "string"
    },
    "rights": {
     "type": "array",
     "items": {
      "type": "string",
      "enum": [
       "publish",
       "discontinue",
       "review",
       "edit"
      ]
     }
    },
    "quota": {
     "type": "object",
     "properties": {
      "products": {
       "type": "object",
       "required": [
        "used",
        "limit"
       ],
       "properties": {
        "used": {
         "type": "integer",
         "minimum": 0
        },
        "limit": {
         "type": "integer",
         "minimum": 0
        }
       }
      }
     }
    }
   }
  },
  "PageInfo": {
   "type": "object",
   "required": [
    "current_count"
   ],
   "properties": {
    "next_marker": {
     "type": "string"
    },
    "current_count": {
     "type": "integer",
     "minimum": 0
    }
   }
  },
  "Product": {
   "type": "object",
   "required": [
    "product_id",
    "key",
    "name",
    "method",
    "state",
    "version",
    "release_count",
    "revision",
    "newest",
    "created_at",
    "updated_at"
   ],
   "properties": {
    "product_id": {
     "$ref": "marketplace#/$defs/Id"
    },
    "key": {
     "$ref": "marketplace#/$defs/ProductKey"
    },
    "name": {
     "type": "string"
    },
    "method": {
     "type": "string",
     "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
    },
    "state": {
     "$ref": "marketplace#/$defs/State"
    },
    "version": {
     "type": "string"
    },
    "release_count": {
     "type": "integer",
     "minimum": 1
    },
    "revision": {
     "type": "integer",
     "minimum": 1
    },
    "newest": {
     "type": "object",
     "required": [
      "release_id",
      "version",
      "content_digest",
      "state"
     ],
     "properties": {
      "release_id": {
       "$ref": "marketplace#/$defs/Id"
      },
      "version": {
       "type": "string"
      },
      "content_digest": {
       "$ref": "marketplace#/$defs/Sha256"
      },
      "state": {
       "$ref": "marketplace#/$defs/State"
      }
     }
    },
    "removed_specifications": {
     "type": "array",
     "items": {
      "type": "string"
     }
    },
    "created_at": {
     "$ref": "marketplace#/$defs/Time"
    },
    "updated_at": {
     "$ref": "marketplace#/$defs/Time"
    }
   }
  },
  "ProductPage": {
   "type": "object",
   "required": [
    "products",
    "page_info"
   ],
   "properties": {
    "products": {
     "type": "array",
     "items": {
      "$ref": "marketplace#/$defs/Product"
     }
    },
    "page_info": {
     "$ref": "marketplace#/$defs/PageInfo"
    }
   }
  },
  "Complaint": {
   "type": "object",
   "required": [
    "path",
    "code",
    "message"
   ],
   "properties": {
    "path": {
     "type": "string",
     "pattern": "^(/.*)?$"
    },
    "code": {
     "type": "string",
     "minLength": 1
    },
    "message": {
     "type": "string",
     "minLength": 1
    }
   }
  },
  "ReleaseFile": {
   "type": "object",
   "required": [
    "path",
    "sha256",
    "bytes"
   ],
   "properties": {
    "path": {
     "type": "string",
     "minLength": 1
    },
    "sha256": {
     "$ref": "marketplace#/$defs/Sha256"
    },
    "bytes": {
     "type": "integer",
     "minimum": 0
    },
    "content_sha256": {
     "$ref": "marketplace#/$defs/Sha256"
    },
    "object": {
     "$ref": "marketplace#/$defs/StoredObject"
    }
   }
  },
  "StoredObject": {
   "type": "object",
   "required": [
    "bucket",
    "region",
    "key"
   ],
   "additionalProperties": false,
   "properties": {
    "bucket": {
     "type": "string",
     "minLength": 3,
     "maxLength": 63
    },
    "region": {
     "type": "string",
     "minLength": 1
    },
    "key": {
     "type": "string",
     "minLength": 1,
     "maxLength": 1024
    }
   }
  },
  "ReleaseContent": {
   "type": "object",
   "required": [
    "release_id",
    "content_digest",
    "manifest",
    "files"
   ],
   "properties": {
    "release_id": {
     "$ref": "marketplace#/$defs/Id"
    },
    "content_digest": {
     "$ref": "marketplace#/$defs/Sha256"
    },
    "manifest": {
     "type": "object",
     "additionalProperties": true
    },
    "files": {
     "type": "array",
     "items": {
      "$ref": "marketplace#/$defs/ReleaseFile"
     }
    },
    "created_manifest": {
     "type": "object",
     "additionalProperties": true
    }
   }
  },
  "Edit": {
   "type": "object",
   "required": [
    "content_digest",
    "manifest"
   ],
   "additionalProperties": false,
   "properties": {
    "content_digest": {
     "$ref": "marketplace#/$defs/Sha256"
    },
    "manifest": {
     "type": "object",
     "additionalProperties": true
    }
   }
  },
  "Release": {
   "type": "object",
   "required": [
    "release_id",
    "product_id",
    "key",
    "version",
    "content_digest",
    "created_digest",
    "state",
    "complaints",
    "files",
    "created_at"
   ],
   "properties": {
    "release_id": {
     "$ref": "marketplace#/$defs/Id"
    },
    "product_id": {
     "$ref": "marketplace#/$defs/Id"
    },
    "key": {
     "$ref": "marketplace#/$defs/ProductKey"
    },
    "version": {
     "type": "string"
    },
    "content_digest": {
     "$ref": "marketplace#/$defs/Sha256"
    },
    "created_digest": {
     "$ref": "marketplace#/$defs/Sha256"
    },
    "state": {
     "$ref": "marketplace#/$defs/State"
    },
    "complaints": {
     "type": "array",
     "items": {
      "$ref": "marketplace#/$defs/Complaint"
     }
    },
    "files": {
     "type": "array",
     "items": {
      "$ref": "marketplace#/$defs/ReleaseFile"
     }
    },
    "created_at": {
     "$ref": "marketplace#/$defs/Time"
    },
    "edited_at": {
     "$ref": "marketplace#/$defs/Time"
    },
    "submitted_at": {
     "$ref": "marketplace#/$defs/Time"
    },
    "reviewed_at": {
     "$ref": "marketplace#/$defs/Time"
    }
   }
  },
  "ReleaseList": {
   "type": "object",
   "required": [
    "releases"
   ],
   "properties": {
    "releases": {
     "type": "array",
     "items": {
      "$ref": "marketplace#/$defs/Release"
     }
    }
   }
  },
  "ReleasePage": {
   "type": "object",
   "required": [
    "releases",
    "page_info"
   ],
   "properties": {
    "releases": {
     "type": "array",
     "items": {
      "$ref": "marketplace#/$defs/Release"
     }
    },
    "page_info": {
     "$ref": "marketplace#/$defs/PageInfo"
    }
   }
  },
  "NewRelease": {
   "type": "object",
   "required": [
    "key",
    "content_digest",
    "manifest",
    "files"
   ],
   "additionalProperties": false,
   "properties": {
    "key": {
     "$ref": "marketplace#/$defs/ProductKey"
    },
    "content_digest": {
     "$ref": "marketplace#/$defs/Sha256"
    },
    "manifest": {
     "type": "object",
     "additionalProperties": true
    },
    "files": {
     "type": "array",
     "items": {
      "type": "object",
      "required": [
       "path",
       "sha256",
       "bytes"
      ],
      "additionalProperties": false,
      "properties": {
       "path": {
        "type": "string",
        "minLength": 1
       },
       "sha256": {
        "$ref": "marketplace#/$defs/Sha256"
       },
       "bytes": {
        "type": "integer",
        "minimum": 0
       },
       "content_sha256": {
        "$ref": "marketplace#/$defs/Sha256"
       },
       "upload_id": {
        "$ref": "marketplace#/$defs/Id"
       },
       "object": {
        "$ref": "marketplace#/$defs/StoredObject"
       }
      }
     }
    },
    "expected_revision": {
     "type": "integer",
     "minimum": 0
    },
    "submit": {
     "type": "boolean",
     "default": true
    }
   }
  },
  "Verdict": {
   "type": "object",
   "required": [
    "decision"
   ],
   "additionalProperties": false,
   "properties": {
    "decision": {
     "type": "string",
     "enum": [
      "approve",
      "reject"
     ]
    },
    "complaints": {
     "type": "array",
     "items": {
      "$ref": "marketplace#/$defs/Complaint"
     }
    }
   }
  },
  "NewUpload": {
   "type": "object",
   "required": [
    "name",
    "bytes",
    "sha256"
   ],
   "additionalProperties": false,
   "properties": {
    "name": {
     "type": "string",
     "minLength": 1
    },
    "bytes": {
     "type": "integer",
     "minimum": 0,
     "maximum": 83886080000
    },
    "sha256": {
     "$ref": "marketplace#/$defs/Sha256"
    }
   }
  },
  "Part": {
   "type": "object",
   "required": [
    "part_number",
    "bytes",
    "sha256"
   ],
   "properties": {
    "part_number": {
     "type": "integer",
     "minimum": 1,
     "maximum": 10000
    },
    "bytes": {
     "type": "integer",
     "minimum": 1,
     "maximum": 8388608
    },
    "sha256": {
     "$ref": "marketplace#/$defs/Sha256"
    }
   }
  },
  "Upload": {
   "type": "object",
   "required": [
    "upload_id",
    "name",
    "bytes",
    "sha256",
    "part_size",
    "state",
    "parts"
   ],
   "properties": {
    "upload_id": {
     "$ref": "marketplace#/$defs/Id"
    },
    "name": {
     "type": "string"
    },
    "bytes": {
     "type": "integer",
     "minimum": 0
    },
    "sha256": {
     "$ref": "marketplace#/$defs/Sha256"
    },
    "part_size": {
     "type": "integer",
     "minimum": 1,
     "maximum": 8388608
    },
    "state": {
     "type": "string",
     "enum": [
      "open",
      "complete"
     ]
    },
    "parts": {
     "type": "array",
     "items": {
      "$ref": "marketplace#/$defs/Part"
     }
    }
   }
  },
  "Image": {
   "type": "object",
   "required": [
    "id",
    "name",
    "status",
    "__imagetype",
    "visibility",
    "owner"
   ],
   "properties": {
    "id": {
     "type": "string"
    },
    "name": {
     "type": "string"
    },
    "status": {
     "type": "string"
    },
    "__imagetype": {
     "type": "string"
    },
    "visibility": {
     "type": "string"
    },
    "owner": {
     "type": "string"
    },
    "__system_support_market": {
     "type": "boolean"
    },
    "__productcode": {
     "type": "string"
    },
    "virtual_env_type": {
     "type": "string"
    },
    "__backup_id": {
     "type": "string"
    },
    "__system__cmkid": {
     "type": "string"
    },
    "__whole_image": {
     "type": "boolean"
    },
    "__image_size": {
     "type": "string",
     "pattern": "^[0-9]+$"
    },
    "__originalimagename": {
     "type": "string"
    },
    "__os_type": {
     "type": "string"
    },
    "min_disk": {
     "type": "integer"
    },
    "created_at": {
     "type": "string"
    }
   }
  },
  "ImagePage": {
   "type": "object",
   "required": [
    "images"
   ],
   "properties": {
    "images": {
     "type": "array",
     "items": {
      "$ref": "marketplace#/$defs/Image"
     }
    }
   }
  },
  "ImageError": {
   "type": "object",
   "required": [
    "error"
   ],
   "properties": {
    "error": {
     "type": "object",
     "required": [
      "message",
      "code"
     ],
     "properties": {
      "message": {
       "type": "string"
      },
      "code": {
       "type": "string"
      }
     }
    }
   }
  },
  "DeployedObject": {
   "type": "object",
   "required": [
    "asset_id",
    "deployed_type",
    "version"
   ],
   "properties": {
    "asset_id": {
     "type": "string"
    },
    "deployed_type": {
     "type": "string"
    },
    "version": {
     "type": "string"
    },
    "region": {
     "type": "string"
    }
   }
  },
  "DeployedObjects": {
   "type": "object",
   "required": [
    "error_code",
    "error_msg",
    "data"
   ],
   "properties": {
    "error_code": {
     "type": "string"
    },
    "error_msg": {
     "type": "string"
    },
    "data": {
     "type": "array",
     "items": {
      "$ref": "marketplace#/$defs/DeployedObject"
     }
    }
   }
  },
  "OpenApiError": {
   "type": "object",
   "required": [
    "error_code",
    "error_msg"
   ],
   "properties": {
    "error_code": {
     "type": "string"
    },
    "error_msg": {
     "type": "string"
    }
   }
  },
  "OrderAnswer": {
   "type": "object",
   "required": [
    "resultCode",
    "resultMsg",
    "orderInfo"
   ],
   "properties": {
    "resultCode": {
     "type": "string",
     "maxLength": 16
    },
    "resultMsg": {
     "type": "string",
     "maxLength": 1024
    },
    "orderInfo": {
     "$ref": "marketplace#/$defs/OrderInfo"
    }
   }
  },
  "OrderInfo": {
   "type": "object",
   "required": [
    "orderId",
    "orderType",
    "createTime",
    "orderLine",
    "buyerInfo"
   ],
   "properties": {
    "orderId": {
     "type": "string",
     "maxLength": 64
    },
    "orderType": {
     "type": "string",
     "enum": [
      "NEW",
      "TRIAL",
      "TRIAL_TO_FORMAL",
      "UNSUBSCRIBE",
      "RENEW",
      "CHANGE"
     ]
    },
    "createTime": {
     "type": "string"
    },
    "orderLine": {
     "type": "array",
     "items": {
      "$ref": "marketplace#/$defs/OrderLine"
     }
    },
    "buyerInfo": {
     "$ref": "marketplace#/$defs/BuyerInfo"
    }
   }
  },
  "OrderLine": {
   "type": "object",
   "required": [
    "orderLineId",
    "chargingMode",
    "productInfo",
    "extendParams"
   ],
   "properties": {
    "orderLineId": {
     "type": "string",
     "maxLength": 64
    },
    "chargingMode": {
     "type": "string",
     "enum": [
      "PERIOD",
      "ONE_TIME",
      "ON_DEMAND",
      "ON_DEMAND_PKG"
     ]
    },
    "periodType": {
     "type": "string",
     "enum": [
      "year",
      "month",
      "day"
     ]
    },
    "periodNumber": {
     "type": "integer",
     "minimum": 1
    },
    "expireTime": {
     "type": "string"
    },
    "productInfo": {
     "type": "array",
     "items": {
      "$ref": "marketplace#/$defs/OrderedProduct"
     }
    },
    "extendParams": {
     "type": "array",
     "items": {
      "$ref": "marketplace#/$defs/ExtendParam"
     }
    }
   }
  },
  "OrderedProduct": {
   "type": "object",
   "required": [
    "productId",
    "skuCode",
    "productName"
   ],
   "properties": {
    "productId": {
     "type": "string",
     "maxLength": 64
    },
    "skuCode": {
     "type": "string"
    },
    "productName": {
     "type": "string"
    }
   }
  },
  "ExtendParam": {
   "type": "object",
   "required": [
    "name",
    "value"
   ],
   "properties": {
    "name": {
     "type": "string"
    },
    "value": {
     "type": "string"
    }
   }
  },
  "BuyerInfo": {
   "type": "object",
   "required": [
    "customerId",
    "customerName",
    "userId",
    "userName"
   ],
   "properties": {
    "customerId": {
     "type": "string"
    },
    "customerName": {
     "type": "string"
    },
    "userId": {
     "type": "string"
    },
    "userName": {
     "type": "string"
    },
    "email": {
     "type": "string"
    },
    "mobilePhone": {
     "type": "string"
    }
   }
  },
  "OrderRefusal": {
   "type": "object",
   "required": [
    "resultCode",
    "resultMsg"
   ],
   "properties": {
    "resultCode": {
     "type": "string",
     "maxLength": 16
    },
    "resultMsg": {
     "type": "string",
     "maxLength": 1024
    }
   }
  },
  "UsageRecords": {
   "type": "object",
   "required": [
    "usage_records"
   ],
   "properties": {
    "usage_records": {
     "type": "array",
     "minItems": 1,
     "maxItems": 1000,
     "items": {
      "$ref": "marketplace#/$defs/UsageRecord"
     }
    }
   }
  },
  "UsageRecord": {
   "type": "object",
   "required": [
    "instance_id",
    "record_time",
    "begin_time",
    "end_time",
    "usage_value"
   ],
   "properties": {
    "instance_id": {
     "type": "string",
     "minLength": 1,
     "maxLength": 64
    },
    "record_time": {
     "type": "string",
     "pattern": "^[0-9]{8}T[0-9]{6}Z$"
    },
    "begin_time": {
     "type": "string",
     "pattern": "^[0-9]{8}T[0-9]{6}Z$"
    },
    "end_time": {
     "type": "string",
     "pattern": "^[0-9]{8}T[0-9]{6}Z$"
    },
    "usage_value": {
     "type": "number",
     "minimum": 0
    }
   }
  },
  "UsageAnswer": {
   "type": "object",
   "required": [
    "error_code",
    "error_msg"
   ],
   "properties": {
    "error_code": {
     "type": "string"
    },
    "error_msg": {
     "type": "string"
    }
   }
  },
  "UsageRefusal": {
   "type": "object",
   "required": [
    "error_code",
    "error_msg"
   ],
   "properties": {
    "error_code": {
     "type": "string"
    },
    "error_msg": {
     "type": "string"
    },
    "abnormal_records": {
     "type": "array",
     "items": {
      "$ref": "marketplace#/$defs/AbnormalRecord"
     }
    }
   }
  },
  "AbnormalRecord": {
   "type": "object",
   "required": [
    "index",
    "instance_id",
    "error_code",
    "error_msg"
   ],
   "properties": {
    "index": {
     "type": "integer",
     "minimum": 0
    },
    "instance_id": {
     "type": "string"
    },
    "error_code": {
     "type": "string"
    },
    "error_msg": {
     "type": "string"
    }
   }
  },
  "Error": {
   "type": "object",
   "required": [
    "error_code",
    "error_msg",
    "request_id"
   ],
   "properties": {
    "error_code": {
     "type": "string",
     "pattern": "^(APIGW[.][0-9]{4}|[A-Z]+[.][0-9]{8})$"
    },
    "error_msg": {
     "type": "string"
    },
    "request_id": {
     "type": "string"
    },
    "details": {
     "type": "array",
     "items": {
      "$ref": "marketplace#/$defs/Complaint"
     }
    }
   }
  }
 }
} as const
export const operations = {
 "ShowAccount": {
  "operationId": "ShowAccount",
  "method": "GET",
  "url": "/v1/account",
  "params": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/Account"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "ListProducts": {
  "operationId": "ListProducts",
  "method": "GET",
  "url": "/v1/products",
  "params": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {
    "limit": {
     "type": "integer",
     "minimum": 1,
     "maximum": 200,
     "default": 50
    },
    "marker": {
     "$ref": "marketplace#/$defs/Id"
    },
    "key": {
     "$ref": "marketplace#/$defs/ProductKey"
    },
    "keys": {
     "type": "string",
     "pattern": "^[a-z0-9][a-z0-9-]{1,62}(,[a-z0-9][a-z0-9-]{1,62}){0,99}$"
    }
   }
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/ProductPage"
   },
   "400": {
    "$ref": "marketplace#/$defs/Error"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "ShowProduct": {
  "operationId": "ShowProduct",
  "method": "GET",
  "url": "/v1/products/:product_id",
  "params": {
   "type": "object",
   "required": [
    "product_id"
   ],
   "properties": {
    "product_id": {
     "$ref": "marketplace#/$defs/Id"
    }
   }
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/Product"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "404": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "DiscontinueProduct": {
  "operationId": "DiscontinueProduct",
  "method": "POST",
  "url": "/v1/products/:product_id/discontinue",
  "params": {
   "type": "object",
   "required": [
    "product_id"
   ],
   "properties": {
    "product_id": {
     "$ref": "marketplace#/$defs/Id"
    }
   }
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/Product"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "404": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "ListProductReleases": {
  "operationId": "ListProductReleases",
  "method": "GET",
  "url": "/v1/products/:product_id/releases",
  "params": {
   "type": "object",
   "required": [
    "product_id"
   ],
   "properties": {
    "product_id": {
     "$ref": "marketplace#/$defs/Id"
    }
   }
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {
    "limit": {
     "type": "integer",
     "minimum": 1,
     "maximum": 200,
     "default": 50
    },
    "marker": {
     "$ref": "marketplace#/$defs/Id"
    }
   }
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/ReleasePage"
   },
   "400": {
    "$ref": "marketplace#/$defs/Error"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "404": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "ListReleases": {
  "operationId": "ListReleases",
  "method": "GET",
  "url": "/v1/releases",
  "params": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "querystring": {
   "type": "object",
   "required": [
    "release_ids"
   ],
   "properties": {
    "release_ids": {
     "type": "string",
     "pattern": "^[A-Za-z0-9_-]{1,64}(,[A-Za-z0-9_-]{1,64}){0,99}$"
    }
   }
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/ReleaseList"
   },
   "400": {
    "$ref": "marketplace#/$defs/Error"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "CreateRelease": {
  "operationId": "CreateRelease",
  "method": "POST",
  "url": "/v1/releases",
  "params": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "headers": {
   "type": "object",
   "required": [
    "x-client-token"
   ],
   "properties": {
    "x-client-token": {
     "$ref": "marketplace#/$defs/ClientToken"
    }
   }
  },
  "body": {
   "$ref": "marketplace#/$defs/NewRelease"
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/Release"
   },
   "201": {
    "$ref": "marketplace#/$defs/Release"
   },
   "400": {
    "$ref": "marketplace#/$defs/Error"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "409": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "ShowRelease": {
  "operationId": "ShowRelease",
  "method": "GET",
  "url": "/v1/releases/:release_id",
  "params": {
   "type": "object",
   "required": [
    "release_id"
   ],
   "properties": {
    "release_id": {
     "$ref": "marketplace#/$defs/Id"
    }
   }
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/Release"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "404": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "ShowReleaseContent": {
  "operationId": "ShowReleaseContent",
  "method": "GET",
  "url": "/v1/releases/:release_id/content",
  "params": {
   "type": "object",
   "required": [
    "release_id"
   ],
   "properties": {
    "release_id": {
     "$ref": "marketplace#/$defs/Id"
    }
   }
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/ReleaseContent"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "404": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "EditRelease": {
  "operationId": "EditRelease",
  "method": "PUT",
  "url": "/v1/releases/:release_id/content",
  "params": {
   "type": "object",
   "required": [
    "release_id"
   ],
   "properties": {
    "release_id": {
     "$ref": "marketplace#/$defs/Id"
    }
   }
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "body": {
   "$ref": "marketplace#/$defs/Edit"
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/ReleaseContent"
   },
   "400": {
    "$ref": "marketplace#/$defs/Error"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "403": {
    "$ref": "marketplace#/$defs/Error"
   },
   "404": {
    "$ref": "marketplace#/$defs/Error"
   },
   "409": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "DownloadReleaseFile": {
  "operationId": "DownloadReleaseFile",
  "method": "GET",
  "url": "/v1/releases/:release_id/files/:sha256",
  "params": {
   "type": "object",
   "required": [
    "release_id",
    "sha256"
   ],
   "properties": {
    "release_id": {
     "$ref": "marketplace#/$defs/Id"
    },
    "sha256": {
     "$ref": "marketplace#/$defs/Sha256"
    }
   }
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {
    "range": {
     "type": "string"
    }
   }
  },
  "responses": {
   "200": {},
   "206": {},
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "404": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "SubmitRelease": {
  "operationId": "SubmitRelease",
  "method": "POST",
  "url": "/v1/releases/:release_id/submit",
  "params": {
   "type": "object",
   "required": [
    "release_id"
   ],
   "properties": {
    "release_id": {
     "$ref": "marketplace#/$defs/Id"
    }
   }
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {
    "x-client-token": {
     "$ref": "marketplace#/$defs/ClientToken"
    }
   }
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/Release"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "404": {
    "$ref": "marketplace#/$defs/Error"
   },
   "409": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "WithdrawRelease": {
  "operationId": "WithdrawRelease",
  "method": "POST",
  "url": "/v1/releases/:release_id/withdraw",
  "params": {
   "type": "object",
   "required": [
    "release_id"
   ],
   "properties": {
    "release_id": {
     "$ref": "marketplace#/$defs/Id"
    }
   }
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {
    "x-client-token": {
     "$ref": "marketplace#/$defs/ClientToken"
    }
   }
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/Release"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "404": {
    "$ref": "marketplace#/$defs/Error"
   },
   "409": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "ReviewRelease": {
  "operationId": "ReviewRelease",
  "method": "POST",
  "url": "/v1/releases/:release_id/review",
  "params": {
   "type": "object",
   "required": [
    "release_id"
   ],
   "properties": {
    "release_id": {
     "$ref": "marketplace#/$defs/Id"
    }
   }
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "body": {
   "$ref": "marketplace#/$defs/Verdict"
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/Release"
   },
   "400": {
    "$ref": "marketplace#/$defs/Error"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "403": {
    "$ref": "marketplace#/$defs/Error"
   },
   "404": {
    "$ref": "marketplace#/$defs/Error"
   },
   "409": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "CreateUpload": {
  "operationId": "CreateUpload",
  "method": "POST",
  "url": "/v1/uploads",
  "params": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "body": {
   "$ref": "marketplace#/$defs/NewUpload"
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/Upload"
   },
   "201": {
    "$ref": "marketplace#/$defs/Upload"
   },
   "400": {
    "$ref": "marketplace#/$defs/Error"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "ShowUpload": {
  "operationId": "ShowUpload",
  "method": "GET",
  "url": "/v1/uploads/:upload_id",
  "params": {
   "type": "object",
   "required": [
    "upload_id"
   ],
   "properties": {
    "upload_id": {
     "$ref": "marketplace#/$defs/Id"
    }
   }
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/Upload"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "404": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "UploadPart": {
  "operationId": "UploadPart",
  "method": "PUT",
  "url": "/v1/uploads/:upload_id/parts/:part_number",
  "params": {
   "type": "object",
   "required": [
    "upload_id",
    "part_number"
   ],
   "properties": {
    "upload_id": {
     "$ref": "marketplace#/$defs/Id"
    },
    "part_number": {
     "type": "integer",
     "minimum": 1,
     "maximum": 10000
    }
   }
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "headers": {
   "type": "object",
   "required": [
    "x-sdk-content-sha256"
   ],
   "properties": {
    "x-sdk-content-sha256": {
     "$ref": "marketplace#/$defs/Sha256"
    }
   }
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/Part"
   },
   "400": {
    "$ref": "marketplace#/$defs/Error"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "404": {
    "$ref": "marketplace#/$defs/Error"
   },
   "409": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "CompleteUpload": {
  "operationId": "CompleteUpload",
  "method": "POST",
  "url": "/v1/uploads/:upload_id/complete",
  "params": {
   "type": "object",
   "required": [
    "upload_id"
   ],
   "properties": {
    "upload_id": {
     "$ref": "marketplace#/$defs/Id"
    }
   }
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/Upload"
   },
   "400": {
    "$ref": "marketplace#/$defs/Error"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "404": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "ListImages": {
  "operationId": "ListImages",
  "method": "GET",
  "url": "/ims/:region/v2/cloudimages",
  "params": {
   "type": "object",
   "required": [
    "region"
   ],
   "properties": {
    "region": {
     "type": "string",
     "pattern": "^[a-z]{2,3}(-[a-z0-9]+)+$"
    }
   }
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {
    "id": {
     "type": "string"
    },
    "name": {
     "type": "string"
    },
    "status": {
     "type": "string"
    },
    "__imagetype": {
     "type": "string",
     "enum": [
      "gold",
      "private",
      "shared",
      "market"
     ]
    },
    "limit": {
     "type": "integer",
     "minimum": 1,
     "maximum": 500,
     "default": 500
    },
    "marker": {
     "type": "string"
    }
   }
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/ImagePage"
   },
   "400": {
    "$ref": "marketplace#/$defs/ImageError"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "ListDeployedObjects": {
  "operationId": "ListDeployedObjects",
  "method": "GET",
  "url": "/api/mkp-openapi-public/v1/asset/deployed-object",
  "params": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "querystring": {
   "type": "object",
   "required": [
    "asset_id",
    "deployed_type"
   ],
   "properties": {
    "asset_id": {
     "type": "string",
     "minLength": 1
    },
    "deployed_type": {
     "type": "string",
     "pattern": "^(software_package|image)$"
    },
    "asset_version": {
     "type": "string"
    },
    "region": {
     "type": "string"
    }
   }
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/DeployedObjects"
   },
   "400": {
    "$ref": "marketplace#/$defs/OpenApiError"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "ShowOrder": {
  "operationId": "ShowOrder",
  "method": "GET",
  "url": "/api/mkp-openapi-public/global/v1/order/query",
  "params": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "querystring": {
   "type": "object",
   "required": [
    "orderId"
   ],
   "properties": {
    "orderId": {
     "type": "string",
     "minLength": 1,
     "maxLength": 64
    },
    "orderLineId": {
     "type": "string",
     "minLength": 1,
     "maxLength": 64
    }
   }
  },
  "headers": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/OrderAnswer"
   },
   "400": {
    "$ref": "marketplace#/$defs/OrderRefusal"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 },
 "PushUsage": {
  "operationId": "PushUsage",
  "method": "POST",
  "url": "/api/mkp-openapi-public/global/v1/isv/usage-data",
  "params": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "querystring": {
   "type": "object",
   "required": [],
   "properties": {}
  },
  "headers": {
   "type": "object",
   "required": [
    "signature",
    "ts",
    "nonce"
   ],
   "properties": {
    "signature": {
     "type": "string",
     "minLength": 1,
     "maxLength": 1000
    },
    "ts": {
     "type": "string",
     "pattern": "^[0-9]{1,20}$"
    },
    "nonce": {
     "type": "string",
     "minLength": 1,
     "maxLength": 64
    }
   }
  },
  "body": {
   "$ref": "marketplace#/$defs/UsageRecords"
  },
  "responses": {
   "200": {
    "$ref": "marketplace#/$defs/UsageAnswer"
   },
   "400": {
    "$ref": "marketplace#/$defs/UsageRefusal"
   },
   "401": {
    "$ref": "marketplace#/$defs/Error"
   },
   "default": {
    "$ref": "marketplace#/$defs/Error"
   }
  }
 }
} as const
export type OperationId = keyof typeof operations
