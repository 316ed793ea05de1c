using MlNetRecurrent;
using MlNetRecurrent.Scoring;
using MlNetRecurrent.Warnings;

[assembly: LoadableClass(
    typeof(RecurrentTransformer), null, typeof(SignatureLoadModel), "Recurrent network", RecurrentTransformer.LoaderSignature)]

namespace MlNetRecurrent;

/// <content>Saves the network in ML.NET's format and loads it from there.</content>
public sealed partial class RecurrentTransformer
{
    internal const string LoaderSignature = "MlNetRecurrentNetwork";

    /// <summary>ML.NET looks for a constructor or a method of this name and these parameters.</summary>
    private static RecurrentTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(Version());
        return new(ModelFile.Read(context.Reader, FileBudget.Of(context))) { Warnings = new(environment, "Scoring", WarningPolicy.Log) };
    }

    void ICanSaveModel.Save(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(Version());
        ModelFile.Write(context.Writer, Model);
    }

    private static VersionInfo Version() => LoaderVersion.Of("MLNRECUR", LoaderSignature);
}
