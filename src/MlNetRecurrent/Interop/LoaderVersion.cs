namespace MlNetRecurrent.Interop;

/// <summary>The header of an entry of a model file, by which ML.NET finds the class that reads it.</summary>
internal static class LoaderVersion
{
    /// <param name="modelSignature">The kind of the entry, in eight letters.</param>
    /// <param name="loaderSignature">The name under which the class is registered, of at most 24 letters.</param>
    public static VersionInfo Of(string modelSignature, string loaderSignature) => new(
        modelSignature: modelSignature,
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: loaderSignature,
        loaderAssemblyName: typeof(LoaderVersion).Assembly.GetName().Name!);
}
