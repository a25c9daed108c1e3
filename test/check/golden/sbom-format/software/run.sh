#!/bin/sh
echo Harbor
