using MlNetRecurrent.Checks;

namespace MlNetRecurrent;

/// <summary>
/// A column of the result of
/// <see cref="Microsoft.ML.SequenceCatalog.Resample(Microsoft.ML.TransformsCatalog, ResampleOptions)"/>.
/// </summary>
public sealed class ResampledColumn
{
    /// <summary>Creates a column.</summary>
    /// <param name="inputColumnName">The name of the input column, <see cref="float"/> or a vector of it of known size, each slot of which
    /// is resampled by itself.</param>
    /// <param name="function">The value of the column in an interval.</param>
    /// <param name="outputColumnName">The name of the output column. Default: <see langword="null"/>, which means
    /// <paramref name="inputColumnName"/>.</param>
    /// <exception cref="ArgumentException">A name is null, empty or white space.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The function is not a member of <see cref="ResampleFunction"/>.</exception>
    public ResampledColumn(string inputColumnName, ResampleFunction function, string? outputColumnName = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(inputColumnName);
        OptionCheck.That(Enum.IsDefined(function), nameof(function), function, "Sum, Mean, First, Last, Min, Max or Count");
        OptionCheck.ThatNameIsNotEmpty(outputColumnName);
        (InputColumnName, Function, OutputColumnName) = (inputColumnName, function, outputColumnName ?? inputColumnName);
    }

    /// <summary>The name of the input column.</summary>
    public string InputColumnName { get; }

    /// <summary>The value of the column in an interval.</summary>
    public ResampleFunction Function { get; }

    /// <summary>The name of the output column.</summary>
    public string OutputColumnName { get; }
}
