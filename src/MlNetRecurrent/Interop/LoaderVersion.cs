using Microsoft.ML;

namespace MlNetRecurrent.Interop;

/// <summary>The version header of an entry in a model file, by which ML.NET finds the class that reads the entry.</summary>
internal static class LoaderVersion
{
    /// <param name="modelSignature">Eight letters that say what the entry holds.</param>
    /// <param name="loaderSignature">The name under which the class is registered, of at most 24 letters.</param>
    public static VersionInfo Of(string modelSignature, string loaderSignature) => new(
        modelSignature: modelSignature,
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: loaderSignature,
        loaderAssemblyName: typeof(LoaderVersion).Assembly.GetName().Name!);
}
