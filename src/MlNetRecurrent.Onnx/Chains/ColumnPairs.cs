using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.ML;

namespace MlNetRecurrent.Onnx.Chains;

/// <summary>The input and output columns of ML.NET's transformers, which have no public property for them.</summary>
internal static class ColumnPairs
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;

    /// <exception cref="NotSupportedException">The version of ML.NET has them in another field.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Partial trimming keeps ML.NET whole.")]
    public static IReadOnlyList<(string Output, string Input)> Read(ITransformer transformer)
    {
        for (Type? type = transformer.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetField("ColumnPairs", Declared)?.GetValue(transformer) is (string, string)[] pairs)
                return pairs;
        }
        throw new NotSupportedException($"The columns of {transformer.GetType().Name} cannot be read from this version of ML.NET.");
    }
}
