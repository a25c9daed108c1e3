#!/bin/sh
echo harbor
