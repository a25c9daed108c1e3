#!/bin/sh
exec harbor
