using System.Reflection;
using Microsoft.ML;

namespace MlNetRecurrent.Onnx.Chains;

/// <summary>Which columns one of ML.NET's transformers reads and makes, which it does not say in public.</summary>
internal static class ColumnPairs
{
    /// <exception cref="NotSupportedException">This version of ML.NET keeps it elsewhere.</exception>
    public static IReadOnlyList<(string Output, string Input)> Of(ITransformer transformer)
    {
        for (Type? type = transformer.GetType(); type is not null; type = type.BaseType)
        {
            FieldInfo? field = type.GetField("ColumnPairs", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly);
            if (field?.GetValue(transformer) is (string, string)[] pairs)
                return pairs;
        }
        throw new NotSupportedException($"The columns of {transformer.GetType().Name} cannot be read from this version of ML.NET.");
    }
}
