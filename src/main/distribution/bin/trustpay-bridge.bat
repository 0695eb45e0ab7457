@echo off
rem Starts trustpay-bridge from the folder this script was unpacked into.
rem   JAVA_HOME  the Java to use (17 or newer); without it, the java on the PATH
rem   JAVA_OPTS  options for that Java; they win over the ones below
setlocal
set "HOME_FOLDER=%~dp0.."
set "JAVA_COMMAND=java"
if defined JAVA_HOME set "JAVA_COMMAND=%JAVA_HOME%\bin\java"
"%JAVA_COMMAND%" -version >nul 2>&1
if errorlevel 1 (
    echo trustpay-bridge: no Java at "%JAVA_COMMAND%". Install Java 17 or newer, or set JAVA_HOME. 1>&2
    exit /b 1
)
if not exist "%HOME_FOLDER%\lib" (
    echo trustpay-bridge: the folder lib is not in "%HOME_FOLDER%". Unpack the whole archive. 1>&2
    exit /b 1
)
"%JAVA_COMMAND%" -XX:+UseSerialGC -XX:SurvivorRatio=2 -XX:TargetSurvivorRatio=90 %JAVA_DEFAULT_OPTS% %JAVA_OPTS% -jar "%HOME_FOLDER%\trustpay-bridge.jar" %*
exit /b %ERRORLEVEL%
